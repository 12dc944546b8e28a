import type { BridgeConfig, Consent } from './config.ts'
import { connectCustomerIo } from './customerio/connect.ts'
import { createQueue, type DropReason, type Queue } from './delivery/queue.ts'
import type { Answers, Step } from './delivery/vendor.ts'
import { checkOptions } from './development.ts'
import { clean } from './flags/clean.ts'
import { type FlagPlan, readPlan } from './flags/plan.ts'
import { type FlagValue, namesOf, readValue } from './flags/value.ts'
import { connectFullStory, FULLSTORY_LIMITS } from './fullstory/connect.ts'
import { monotonicNow, onPageLeave } from './globals.ts'
import { readUid } from './identity/uid.ts'
import { createListeners } from './listeners.ts'
import type { Bridge, IdentifyOptions } from './methods.ts'
import { createReport } from './report.ts'
import type { BridgeEvents, FlagStatus, IdentifyResult, Status, VendorStatus } from './status.ts'

/** What a consent does to the queues. */
const ACTS: Record<string, string> = {
  __proto__: null as never,
  granted: 'open',
  denied: 'close',
  pending: '',
}

/** What a vendor's SDK answers; nothing from one that throws. */
const answers = ({ vendor }: Queue): Answers => {
  try {
    return vendor?.read() ?? {}
  } catch {
    return {}
  }
}

const numberOr = (fallback: number, value: unknown): number => (typeof value === 'number' ? value : fallback)

/**
 * Creates the bridge. Nothing that is wrong in `config` throws: it is reported by field (on the console in
 * development; what is refused, always in `status().warnings`), and the rest works.
 */
export const createBridge = <const Plan extends FlagPlan>(config: BridgeConfig<Plan>): Bridge<Plan> => {
  try {
    return build(config)
  } catch {
    // Not even readable: a bridge that does nothing. Consent may have been refused in there.
    return build({ consent: 'denied' } as BridgeConfig<Plan>)
  }
}

const build = <Plan extends FlagPlan>(config: BridgeConfig<Plan>): Bridge<Plan> => {
  const { flags: given, customerio = 'auto', fullstory = 'auto', identity, debug } = config ?? {}
  const timeout = numberOr(1e4, config?.timeout)
  const { on, emit } = createListeners<BridgeEvents>()
  const report = createReport(debug, warning => emit('warning', warning))
  const { warn, list } = report
  if (process.env.NODE_ENV !== 'production') checkOptions(config, report)
  const plan = readPlan(given, config?.maxFlags ?? 15, report)
  const mayBeEmail = identity?.key === 'email'
  let consent: Consent = 'pending'
  let person: string | null = null
  let flags: Record<string, FlagStatus> = {}

  const queues = (
    [customerio && connectCustomerIo(customerio), fullstory && connectFullStory(fullstory)] as const
  ).map((connect, index) => {
    const vendor = index ? 'fullstory' : 'customerio'
    const tell = (event: 'delivered' | 'dropped', step: Step, reason?: DropReason) => {
      if (step.kind === 'update')
        for (const name of Object.keys(step.properties)) {
          const flag = flags[name]
          if (!flag || flag.value !== step.properties[name]) continue
          // Dropped, it is known to nobody: the next setFlags sends it again.
          if (reason) delete flags[name]
          else flags[name] = { ...flag, sent: true }
        }
      if (process.env.NODE_ENV !== 'production' && debug)
        console.debug('[retention-bridge]', event, vendor, step)
      emit(event, { ...step, vendor, reason } as never)
    }
    return createQueue(
      connect,
      timeout,
      {
        delivered: step => tell('delivered', step),
        dropped: (step, reason) => tell('dropped', step, reason),
        turned: state => {
          if (state === 'ready' && index) emit('session', answers(queues[1]))
        },
        failed: error => warn('vendor', vendor, error),
      },
      index ? FULLSTORY_LIMITS : undefined,
    )
  }) as [Queue, Queue]
  const lifetime = new AbortController()
  onPageLeave(() => {
    for (const queue of queues) queue.drain()
  }, lifetime.signal)

  const become = (id: string | null, via: string) => {
    const previousId = person
    if (id === previousId) return
    // What an anonymous visitor did is the person's; what a person had is nobody else's.
    if (previousId) flags = {}
    person = id
    emit('identity', { id, previousId, via })
  }

  const enter = (queue: Queue, id: string | null, properties = {}) =>
    queue.push({ kind: id ? 'identify' : 'reset', id, properties } as Step)

  const setFlags = (values: unknown, source: string) => {
    const types: Record<string, string> = {}
    const properties: Record<string, FlagValue> = {}
    if (consent === 'denied') return
    for (const given of namesOf(values)) {
      const [name = given, spec] = plan(given) ?? []
      let value: unknown
      let read: FlagValue | undefined
      try {
        value = (values as Record<string, unknown>)[given]
        if (spec) read = readValue(spec, value)
      } catch {
        // A getter or a conversion that throws: no value of this flag.
      }
      const before = flags[name]
      if (!spec || read === undefined) warn(spec ? 'flag-value' : 'flag-unknown', name, value, true)
      else {
        const same = before?.value === read
        flags[name] = { value: read, at: Date.now(), sent: same && before.sent }
        if (same) continue
        properties[name] = read
        types[name] = spec.type.replace('enum', 'str')
      }
    }
    if (!Object.keys(types)[0]) return
    queues[1].push({ kind: 'update', properties, types })
    emit('flags', { values: properties, source })
  }

  const cleaned = (given: unknown, field: string) => {
    const copy = clean(given)
    if (copy.refused[0]) warn('field', field, copy.refused)
    return copy
  }

  const status = (): Status => {
    const [customerio, fullstory] = queues.map((queue): VendorStatus => {
      const { state, reason, vendor, held, delivered, dropped } = queue
      return { state, reason, api: vendor?.api, held: held.length, delivered, dropped, ...answers(queue) }
    }) as [VendorStatus, VendorStatus]
    return {
      identity: { state: person ? 'known' : 'anonymous', id: person },
      consent,
      flags: { ...flags },
      vendors: { customerio, fullstory },
      warnings: list(),
    }
  }

  const until = (done: (queue: Queue) => unknown, options?: { timeout?: number }): Promise<Status> => {
    const end = monotonicNow() + numberOr(5000, options?.timeout)
    return new Promise(resolve => {
      const check = () =>
        queues.every(done) || !(monotonicNow() < end) ? resolve(status()) : setTimeout(check, 20)
      check()
    })
  }

  const bridge = {
    identify: (given: unknown, options?: IdentifyOptions<Plan>): IdentifyResult => {
      const id = readUid(given, mayBeEmail)
      if (!id) warn('id', 'identify', given, true)
      if (!id || consent === 'denied') return { outcome: 'refused', id: null, reason: id ? 'consent' : 'id' }
      const { traits, flags, via = 'login' } = options ?? {}
      const { properties } = cleaned(traits, 'traits')
      const previousId = person
      become(id, via)
      enter(queues[0], id, properties)
      enter(queues[1], id)
      if (flags) setFlags(flags, 'identify')
      const outcome = !previousId ? 'stitched' : previousId === id ? 'unchanged' : 'switched'
      return { outcome, id, previousId, anonymousId: answers(queues[0]).anonymousId }
    },
    setFlags: (values: unknown) => setFlags(values, 'page'),
    track: (name: unknown, given?: unknown) => {
      if (typeof name !== 'string' || !/^[ -~]{1,100}$/.test(name))
        return warn('event-name', 'track', name, true)
      const { properties, types } = cleaned(given, `track.${name}`)
      for (const queue of queues) queue.push({ kind: 'track', name, properties, types })
    },
    logout: () => {
      for (const queue of queues) enter(queue, null)
      become(null, 'logout')
    },
    setConsent: (next: Consent) => {
      if (process.env.NODE_ENV !== 'production') checkOptions({ consent: next }, report)
      const act = ACTS[next]
      if (act === undefined || lifetime.signal.aborted) return
      consent = next
      for (const queue of queues) queue[act as 'open']?.()
    },
    status,
    on,
    ready: (options?: { timeout?: number }) => until(queue => queue.state !== 'waiting', options),
    flush: (options?: { timeout?: number }) =>
      until(({ state, held }) => !held[0] || !/ready|waiting/.test(state), options),
    destroy: () => {
      bridge.setConsent('denied')
      lifetime.abort()
    },
  }
  // Nothing of ours breaks the page: what goes wrong in here is a warning.
  for (const [name, act] of Object.entries(bridge) as [
    keyof typeof bridge,
    (...args: unknown[]) => unknown,
  ][])
    (bridge[name] as unknown) = (...args: unknown[]) => {
      let result: unknown
      try {
        result = act(...args)
      } catch (error) {
        warn('vendor', name, error)
        result = name === 'identify' ? { outcome: 'refused', id: null, reason: 'error' } : status()
      }
      return /^(id|re|fl)/.test(name) ? Promise.resolve(result) : result
    }
  bridge.setConsent(config?.consent ?? 'granted')
  return bridge as unknown as Bridge<Plan>
}
