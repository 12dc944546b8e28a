import type { BridgeConfig, Consent } from './config.ts'
import { connectCustomerIo } from './customerio/connect.ts'
import { changesPerson, createQueue, type DropReason, type Queue } from './delivery/queue.ts'
import type { Answers, Properties, Step } from './delivery/vendor.ts'
import { checkOptions } from './development.ts'
import { clean } from './flags/clean.ts'
import { type Entries, readEntries, unsent } from './flags/ledger.ts'
import { type FlagPlan, type FlagValues, readPlan } from './flags/plan.ts'
import { type FlagValue, readValue } from './flags/value.ts'
import { connectFullStory, FULLSTORY_LIMITS } from './fullstory/connect.ts'
import { monotonicNow, onPageTurn, pageWindow } from './globals.ts'
import { createMemory } from './identity/memory.ts'
import { isEmail, readUid } from './identity/uid.ts'
import { changeOf, hashEmail, NOBODY, normalEmail, type Visitor } from './identity/visitor.ts'
import { createListeners } from './listeners.ts'
import { createReport } from './report.ts'
import type { BridgeEvents, IdentifyResult, Status, VendorStatus } from './status.ts'

/** What goes with {@link Bridge.identify}. */
export interface IdentifyOptions<Plan extends FlagPlan> {
  /** Attributes for Customer.io; FullStory does not get them. */
  traits?: Record<string, unknown>
  /** Flags of this person, as for `setFlags`. Sent to nobody when the id is refused. */
  flags?: FlagValues<Plan>
  /** How the person became known, for listeners: `'login'` (default), `'checkout'`, … */
  via?: string
}

/** Keeps Customer.io and FullStory agreed on who the visitor is. No method throws or rejects. */
export interface Bridge<Plan extends FlagPlan> {
  /**
   * The visitor is this person, in both vendors. Call it on login, registration, and on each page of somebody who
   * is logged in: what a vendor knows already is not sent again.
   *
   * @param id the shared ID, text or an integer, at most 150 characters: a customer number, not an e-mail address
   */
  identify(id: string | number, options?: IdentifyOptions<Plan>): Promise<IdentifyResult>
  /**
   * Sets flags of the current person as FullStory user properties. Calls in one task are one vendor call, unchanged
   * values are none. A wrong value is refused with a warning and leaves the last good one.
   */
  setFlags(values: FlagValues<Plan>): void
  /**
   * Records an event in both vendors.
   *
   * @param name 1 to 100 characters, by custom snake_case: `checkout_started`
   * @param properties plain data: texts, finite numbers, booleans, `Date`s, lists and objects of them. Names are
   * letters, digits and `_`. What does not fit is left out with a warning.
   */
  track(name: string, properties?: Record<string, unknown>): void
  /**
   * A guest gave their e-mail address, at the contact step of a checkout for instance. Customer.io has it at once, so
   * that a recovery campaign can start; what FullStory is told depends on `identity.guest`. Somebody who is known
   * stays who they are.
   *
   * @param guest `email`, and further traits for Customer.io
   */
  guest(guest: { email: string; [trait: string]: unknown }): Promise<IdentifyResult>
  /**
   * `true`: a support agent acts as the customer. Until `false` nothing is identified, sent or stored, and what was
   * held is discarded. Call it on each page of the agent, before anything else.
   */
  impersonate(on: boolean): void
  /** The person left: both vendors go on with a new anonymous visitor. Harmless when nobody was known. */
  logout(): void
  /** Consent was given or withdrawn. What was held is discarded on `'denied'` and not replayed later. */
  setConsent(consent: Consent): void
  /** What is known at this moment, and what each vendor's own SDK answers. */
  status(): Status
  /** Listens to an event; returns a function that ends it. A listener that throws stops nobody. */
  on<Name extends keyof BridgeEvents>(name: Name, listener: (event: BridgeEvents[Name]) => void): () => void
  /** Resolves when each vendor is ready or known not to be, or after `timeout` milliseconds (5,000). */
  ready(options?: { timeout?: number }): Promise<Status>
  /** Resolves when all that was held has been handed over and sent or given up, or after `timeout` ms (5,000). */
  flush(options?: { timeout?: number }): Promise<Status>
  /** Stops everything. What is still held is discarded. May be called twice. */
  destroy(): void
}

// What campaigns wait for.
const IMPORTANT = /^(checkout|payment|order)_/
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

/**
 * Creates the bridge. Nothing that is wrong in `config` throws: it is reported by field, on the console in
 * development and always in `status().warnings`, and the rest works. A page has one bridge: called again, this
 * returns the first.
 */
export const createBridge = <const Plan extends FlagPlan>(config: BridgeConfig<Plan>): Bridge<Plan> => {
  const page = pageWindow() as unknown as Record<symbol, Bridge<Plan>> | undefined
  if (page?.[KEY]) return page[KEY]
  const {
    flags: given,
    customerio = 'auto',
    fullstory = 'auto',
    identity,
    timeout = 1e4,
    maxFlags = 15,
    debug,
  } = config ?? {}
  const { on, emit } = createListeners<BridgeEvents>()
  const report = createReport(debug, warning => emit('warning', warning))
  const { warn, list } = report
  if (process.env.NODE_ENV !== 'production') checkOptions(config, report)
  const plan = readPlan(given, maxFlags, report)
  const guestKey = identity?.guest ?? 'defer'
  const mayBeEmail = identity?.key === 'email' || guestKey === 'email'
  const memory = createMemory()
  const lifetime = new AbortController()
  let consent: Consent = 'pending'
  let acting = false
  let visitor = NOBODY
  let owed = 0
  let flags: Entries = {}

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
          else flag.sent = true
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
        changed: follow,
        turned: (state, reason) => {
          if (state !== 'ready') return
          const { id, sessionUrl } = answers(queues[index] as Queue)
          if (!index) {
            if (reason) warn('destination', vendor, reason)
            return follow()
          }
          if (id && id !== visitor.id) warn('other-uid', vendor)
          emit('session', { url: sessionUrl })
        },
        failed: error => warn('vendor', vendor, (error as Error)?.message),
      },
      index ? FULLSTORY_LIMITS : undefined,
    )
  }) as [Queue, Queue]

  const silent = () => consent === 'denied' || acting

  const save = () => {
    if (consent !== 'granted' || acting) return
    if (!memory.store({ ...visitor, owed, flags })) warn('storage', 'localStorage')
  }

  // Another tab may have changed who the visitor is: known here before anything is said or asked.
  function sync() {
    const news = consent === 'granted' && !acting && memory.news()
    if (!news) return
    const { id, guest } = news
    become({ id, guest }, 'tab')
    const mine = flags
    flags = readEntries(news.flags, plan)
    for (const [name, flag] of Object.entries(mine)) if (!flag.sent) flags[name] = flag
  }

  const enter = (index: number, properties: Properties, elsewhere?: boolean) => {
    const { id, guest } = visitor
    queues[index]?.push({
      kind: id || guest ? 'identify' : 'reset',
      id,
      properties: { ...properties },
      types: {},
      important: true,
      elsewhere,
    })
  }

  const become = (to: Visitor, via: string, traits: Properties = {}) => {
    const from = visitor
    const change = changeOf(from, to, normalEmail(traits.email))
    const elsewhere = via === 'tab'
    if (elsewhere && change === 'unchanged') return change
    const stays = change === 'unchanged' || change === 'stitched'
    if (from.guest && !from.id && change !== 'unchanged') {
      // FullStory goes on with the same anonymous record: what was the guest's is taken back from it.
      const properties: Properties = { email: traits.email ?? '' }
      const types = { email: 'str' } as Record<string, string>
      if (!stays)
        for (const name of Object.keys(flags)) {
          const { type, off = type === 'bool' ? false : undefined } = plan(name)?.[1] ?? {}
          if (off !== undefined) Object.assign(properties, { [name]: off })
        }
      queues[1].push({ kind: 'update', properties, types })
    }
    visitor = to
    if (!stays) flags = {}
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
    } else if (id?.startsWith('cio_')) {
      queues[1].push({ kind: 'update', properties: { cio_id: id }, types: { cio_id: 'str' } })
    } else if (id === null || readUid(id, mayBeEmail) === id) become({ id, guest: null }, 'customerio')
  }

  const setFlags = (values: unknown, source: string) => {
    const changed: Record<string, FlagValue> = {}
    if (silent()) return
    for (const [given, value] of Object.entries(values ?? {})) {
      const [name = given, spec] = plan(given) ?? []
      const read = spec && readValue(spec, value)
      if (!spec) warn('flag-unknown', given)
      else if (read === undefined) warn('flag-value', name, value, true)
      else {
        const before = flags[name]
        const same = before?.value === read
        flags[name] = { value: read, at: Date.now(), sent: same && before.sent }
        if (!same) changed[name] = read
      }
    }
    const step = unsent(flags, plan)
    if (step) queues[1].push({ kind: 'update', ...step })
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
      flags: JSON.parse(JSON.stringify(flags)),
      vendors: { customerio, fullstory },
      warnings: list(),
    }
  }

  const until = (done: (queue: Queue) => unknown, { timeout = 5000 } = {}): Promise<Status> => {
    const end = monotonicNow() + timeout
    return new Promise(resolve => {
      const check = () =>
        queues.every(done) || !(monotonicNow() < end) ? resolve(status()) : setTimeout(check, 20)
      check()
    })
  }

  const settle = (to: Visitor, via: string, traits: Properties): IdentifyResult => {
    const { id: previousId } = visitor
    const outcome = become(to, via, traits) as IdentifyResult['outcome']
    return { outcome, id: to.id, previousId, anonymousId: answers(queues[0]).anonymousId }
  }

  const refused = (reason: unknown): IdentifyResult => ({
    outcome: 'refused',
    id: null,
    reason: String(reason),
  })

  const listen = () => {
    if (silent()) {
      for (const queue of queues) queue.close()
      visitor = NOBODY
      flags = {}
    } else if (consent === 'granted' && page) {
      const news = memory.news()
      if (news && !visitor.id && !visitor.guest) {
        visitor = news
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
    identify: (given: unknown, { traits, flags, via = 'login' }: IdentifyOptions<Plan> = {}) => {
      const id = readUid(given, mayBeEmail)
      if (!id) warn('id', 'identify', given, true)
      if (!id || silent()) return refused(id ? 'consent' : 'id')
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
      return visitor !== before || (before.id && !before.guest)
        ? refused('known')
        : settle({ id, guest }, 'guest', traits)
    },
    setFlags: (values: unknown) => setFlags(values, 'page'),
    track: (name: unknown, given?: unknown) => {
      if (typeof name !== 'string' || !/^.{1,100}$/.test(name)) return warn('event-name', 'track', name, true)
      const { properties, types } = cleaned(given, `track.${name}`)
      for (const queue of queues)
        queue.push({ kind: 'track', name, properties, types, important: IMPORTANT.test(name) })
    },
    logout: () => {
      if (!silent()) become(NOBODY, 'logout')
    },
    impersonate: (on: boolean) => {
      acting = on
      listen()
    },
    setConsent: (next: Consent) => {
      if (process.env.NODE_ENV !== 'production') checkOptions({ consent: next }, report)
      if (lifetime.signal.aborted) return
      consent = next
      listen()
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
      let result: unknown = refused('error')
      try {
        sync()
        result = act(...args)
      } catch (error) {
        warn('vendor', name, (error as Error)?.message)
      }
      return /^(id|gu)/.test(name) ? Promise.resolve(result).catch(refused) : result
    }
  const result = bridge as unknown as Bridge<Plan>
  if (page) page[KEY] = result
  onPageTurn(() => {
    for (const queue of queues) queue.drain()
  }, lifetime.signal)
  result.setConsent(config?.consent ?? 'granted')
  return result
}
