import type { BridgeConfig, Consent } from './config.ts'
import { connectCustomerIo } from './customerio/connect.ts'
import { changesPerson, createQueue, type DropReason, type Queue } from './delivery/queue.ts'
import type { Answers, Properties, Step } from './delivery/vendor.ts'
import { checkOptions } from './development.ts'
import { clean } from './flags/clean.ts'
import { type Entries, readEntries, unsent } from './flags/ledger.ts'
import { type FlagPlan, readPlan } from './flags/plan.ts'
import { type FlagValue, namesOf, readValue } from './flags/value.ts'
import { connectFullStory, FULLSTORY_LIMITS } from './fullstory/connect.ts'
import { monotonicNow, onPageTurn, pageWindow } from './globals.ts'
import { createMemory } from './identity/memory.ts'
import { isEmail, readUid } from './identity/uid.ts'
import { changeOf, hashEmail, NOBODY, normalEmail, type Visitor } from './identity/visitor.ts'
import { createListeners } from './listeners.ts'
import type { Bridge, IdentifyOptions } from './methods.ts'
import { createReport } from './report.ts'
import type { BridgeEvents, IdentifyResult, Status, VendorStatus } from './status.ts'

/** Where a page keeps its bridge: two of them would exceed the vendors' limits together. */
const KEY = Symbol.for('retention-bridge')

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
 * Creates the bridge. Nothing that is wrong in `config` throws: it is reported by field, on the console in
 * development and always in `status().warnings`, and the rest works. A page has one bridge: called again, this
 * returns the first.
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
  const page = pageWindow() as unknown as Record<symbol, Bridge<Plan>> | undefined
  if (page?.[KEY]) return page[KEY]
  const { flags: given, customerio = 'auto', fullstory = 'auto', identity, debug } = config ?? {}
  const timeout = numberOr(1e4, config?.timeout)
  const { on, emit } = createListeners<BridgeEvents>()
  const report = createReport(debug, warning => emit('warning', warning))
  const { warn, list } = report
  if (process.env.NODE_ENV !== 'production') checkOptions(config, report)
  const plan = readPlan(given, config?.maxFlags ?? 15, report)
  const guestKey = identity?.guest
  const mayBeEmail = identity?.key === 'email' || guestKey === 'email'
  const memory = createMemory()
  const lifetime = new AbortController()
  let consent: Consent = 'pending'
  let acting = false
  let visitor = NOBODY
  let owed = 0
  let flags: Entries = {}

  const isOpen = () => consent === 'granted' && !acting
  const silent = () => consent === 'denied' || acting

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
      if (!reason && changesPerson(step)) owed &= ~(1 << index)
      if (step.kind !== 'track') save()
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
        draining: sync,
        // Not at once: the bridge's own switch is a reset first, and then the person.
        changed: () => queueMicrotask(follow),
        turned: (state, reason) => {
          if (state !== 'ready') return
          if (index) {
            const now = answers(queues[1])
            if (now.id && now.id !== visitor.id) warn('other-uid', vendor)
            emit('session', now)
          } else {
            if (reason) warn('destination', vendor, reason)
            follow()
          }
        },
        failed: error => warn('vendor', vendor, error),
      },
      index ? FULLSTORY_LIMITS : undefined,
    )
  }) as [Queue, Queue]

  const save = () => {
    if (isOpen() && !memory.store({ ...visitor, owed, flags })) warn('storage', 'localStorage')
  }

  // Another tab may have changed who the visitor is: known here before anything is said or asked.
  function sync() {
    const news = isOpen() && memory.news()
    if (!news) return
    become({ id: news.id, guest: news.guest }, 'tab')
    const mine = flags
    flags = readEntries(news.flags, plan)
    for (const name of Object.keys(mine)) if (!mine[name]?.sent) Object.assign(flags, { [name]: mine[name] })
  }

  const enter = (index: number, properties: Properties, elsewhere?: boolean) => {
    const { id, guest } = visitor
    queues[index]?.push({
      kind: id || guest ? 'identify' : 'reset',
      id,
      properties: { ...properties },
      types: {},
      elsewhere,
    })
  }

  const become = (to: Visitor, via: string, traits: Properties = {}) => {
    const from = visitor
    const change = changeOf(from, to, normalEmail(traits.email))
    const elsewhere = via === 'tab'
    if (elsewhere && change === 'unchanged') return change
    const cut = change === 'switched' || change === 'left'
    if (from.guest && !from.id && change !== 'unchanged') {
      // FullStory goes on with the same anonymous record: what was the guest's is taken back from it.
      const properties: Properties = { email: traits.email ?? null }
      if (cut) for (const name of Object.keys(flags)) properties[name] = null
      queues[1].push({ kind: 'update', properties, types: {} })
    }
    visitor = to
    if (cut) flags = {}
    if (!elsewhere) {
      owed = 3
      save()
    }
    for (const index of [0, 1]) enter(index, traits, elsewhere)
    if (change !== 'unchanged') emit('identity', { id: to.id, previousId: from.id, via })
    return change
  }

  // Somebody else identified or reset through Customer.io, on this page or an earlier one.
  function follow() {
    const { id } = answers(queues[0])
    if (id === undefined || identity?.follow === false || queues[0].held.some(changesPerson)) return
    if (id === visitor.id) {
      if (id) enter(1, {})
    } else if (id?.startsWith('cio_'))
      queues[1].push({ kind: 'update', properties: { cio_id: id }, types: {} })
    else if (id === null || readUid(id, mayBeEmail) === id) become({ id, guest: null }, 'customerio')
  }

  const setFlags = (values: unknown, source: string) => {
    const changed: Record<string, FlagValue> = {}
    if (silent()) return
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
        if (!same) changed[name] = read
      }
    }
    const step = unsent(flags, plan)
    if (step) queues[1].push(step)
    if (Object.keys(changed)[0]) emit('flags', { values: changed, source })
  }

  const cleaned = (given: unknown, field: string) => {
    const copy = clean(given)
    if (copy.refused[0]) warn('field', field, copy.refused.join())
    return copy
  }

  const status = (): Status => {
    const [customerio, fullstory] = queues.map((queue): VendorStatus => {
      const { state, reason, vendor, held, delivered, dropped } = queue
      return { state, reason, api: vendor?.api, held: held.length, delivered, dropped, ...answers(queue) }
    }) as [VendorStatus, VendorStatus]
    const { id, guest } = visitor
    return {
      identity: { state: acting ? 'impersonated' : guest ? 'guest' : id ? 'known' : 'anonymous', id },
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

  const refused = (reason: unknown): IdentifyResult => ({
    outcome: 'refused',
    id: null,
    reason: String(reason),
  })

  const settle = (to: Visitor, via: string, traits: Properties): IdentifyResult => {
    const { id: previousId } = visitor
    const outcome = become(to, via, traits) as IdentifyResult['outcome']
    return { outcome, id: to.id, previousId, anonymousId: answers(queues[0]).anonymousId }
  }

  // Consent or impersonation changed.
  const turn = () => {
    if (silent()) {
      for (const queue of queues) queue.close()
      visitor = NOBODY
      flags = {}
    } else if (isOpen()) {
      const news = memory.news()
      if (news && visitor === NOBODY) {
        const { id, guest } = news
        visitor = { id, guest }
        owed = news.owed ?? 0
        flags = { ...readEntries(news.flags, plan), ...flags }
        // Said on an earlier page, which was left before the vendor could hear of it.
        for (const index of [0, 1]) if (owed & (1 << index)) enter(index, {})
      }
      for (const queue of queues) queue.open()
      setFlags({}, '')
    }
  }

  const bridge = {
    identify: (given: unknown, options?: IdentifyOptions<Plan>) => {
      const id = readUid(given, mayBeEmail)
      if (!id) warn('id', 'identify', given, true)
      if (!id || silent()) return refused(id ? 'consent' : 'id')
      const { traits, flags, via = 'login' } = options ?? {}
      const result = settle({ id, guest: null }, via, cleaned(traits, 'traits').properties)
      if (flags) setFlags(flags, 'identify')
      return result
    },
    guest: async ({ email, ...more }: { email: string }) => {
      const guest = normalEmail(email)
      const before = visitor
      if (!isEmail(guest)) warn('guest', 'guest', email, true)
      if (silent() || !isEmail(guest)) return refused('email')
      const traits = { ...cleaned(more, 'traits').properties, email: guest }
      const id = guestKey === 'hash' ? await hashEmail(guest) : guestKey === 'email' ? guest : null
      // A person who is known stays that: an address typed at checkout is not a login.
      if (visitor !== before || (before.id && !before.guest)) return { outcome: 'unchanged', id: visitor.id }
      return settle({ id, guest }, 'guest', traits)
    },
    setFlags: (values: unknown) => setFlags(values, 'page'),
    track: (name: unknown, given?: unknown) => {
      if (typeof name !== 'string' || !/^[ -~]{1,100}$/.test(name))
        return warn('event-name', 'track', name, true)
      const { properties, types } = cleaned(given, `track.${name}`)
      for (const queue of queues) queue.push({ kind: 'track', name, properties, types })
    },
    logout: () => {
      if (!silent()) become(NOBODY, 'logout')
    },
    impersonate: (on: unknown) => {
      acting = !!on
      turn()
    },
    setConsent: (next: Consent) => {
      if (process.env.NODE_ENV !== 'production') checkOptions({ consent: next }, report)
      if (lifetime.signal.aborted || !/^(granted|denied|pending)$/.test(next)) return
      consent = next
      turn()
    },
    status,
    on,
    ready: (options?: { timeout?: number }) => until(queue => queue.state !== 'waiting', options),
    flush: (options?: { timeout?: number }) =>
      until(({ state, held }) => !held[0] || !/ready|waiting/.test(state), options),
    destroy: () => {
      bridge.setConsent('denied')
      lifetime.abort()
      delete page?.[KEY]
    },
  }
  // Nothing of ours breaks the page: what goes wrong in here is a warning.
  for (const [name, act] of Object.entries(bridge) as [
    keyof typeof bridge,
    (...args: unknown[]) => unknown,
  ][])
    (bridge[name] as unknown) = (...args: unknown[]) => {
      const answersId = /^(id|gu)/.test(name)
      let result: unknown
      try {
        sync()
        result = act(...args)
      } catch (error) {
        warn('vendor', name, error)
        result = answersId ? refused('error') : status()
      }
      return answersId || /^(re|fl)/.test(name) ? Promise.resolve(result).catch(refused) : result
    }
  const result = bridge as unknown as Bridge<Plan>
  if (page) page[KEY] = result
  onPageTurn(() => {
    for (const queue of queues) queue.drain()
  }, lifetime.signal)
  result.setConsent(config?.consent ?? 'granted')
  return result
}
