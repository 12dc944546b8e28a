import type { BridgeConfig, Consent, Consents } from './config.ts'
import { connectCustomerIo } from './customerio/connect.ts'
import { createQueue, type Queue } from './delivery/queue.ts'
import { answers, type VendorName } from './delivery/vendor.ts'
import { checkOptions } from './development.ts'
import { clean } from './flags/clean.ts'
import { createLedger } from './flags/ledger.ts'
import { type FlagPlan, readPlan } from './flags/plan.ts'
import { type FlagValue, isText, readValue } from './flags/value.ts'
import { connectFullStory } from './fullstory/connect.ts'
import { monotonicNow, onPageTurn, pageWindow } from './globals.ts'
import { isEmail, normalEmail } from './identity/email.ts'
import { createIdentity, type Index, type Surroundings } from './identity/identity.ts'
import { STORAGE_KEY } from './identity/memory.ts'
import { readUid } from './identity/uid.ts'
import { createListeners } from './listeners.ts'
import type { Bridge, FlagOptions, IdentifyOptions, PageView, TrackOptions } from './methods.ts'
import { createReport } from './report.ts'
import type { BridgeEvents, IdentifyResult, Status, VendorStatus } from './status.ts'

/** By their place among the queues. */
const VENDORS: readonly VendorName[] = ['customerio', 'fullstory']

/** The least first. */
const CONSENTS: readonly Consent[] = ['denied', 'pending', 'granted']

/** Methods that say something about the visitor. A logout says that there is nothing to say. */
const SAYS = /^(id|g|setF|t|p)/

/**
 * Creates the bridge. Nothing that is wrong in `config` throws: it is reported by field (on the console in
 * development; what is refused, always in `status().warnings`), and the rest works. A page has one bridge: called
 * again, this returns the first.
 */
export const createBridge = <Plan extends FlagPlan<Value>, Value extends string = string>(
  config: BridgeConfig<Plan>,
): Bridge<Plan> => {
  try {
    return build(config)
  } catch {
    // Not even readable: a bridge that does nothing. Consent may have been refused in there.
    return build({ consent: 'denied' } as BridgeConfig<Plan>)
  }
}

const build = <Plan extends FlagPlan>(config: BridgeConfig<Plan>): Bridge<Plan> => {
  const page = pageWindow() as unknown as Record<string, Bridge<Plan>> | undefined
  if (page?.[STORAGE_KEY]) return page[STORAGE_KEY]
  const {
    flags: given,
    customerio = 'auto',
    fullstory = 'auto',
    identity: options,
    consent: initial = 'granted',
    timeout,
    maxFlags = 15,
    important = /^checkout_|^payment_failed$/,
    allowSensitive = [],
    debug,
  } = config ?? {}
  const { on, emit } = createListeners<BridgeEvents>()
  const report = createReport(debug, warning => emit('warning', warning))
  const { warn, list } = report
  if (process.env.NODE_ENV !== 'production') checkOptions(config, report)
  const plan = readPlan(given, maxFlags, report)
  const ledger = createLedger(plan, report)
  const guestKey = options?.guest
  const limit = Number.isFinite(timeout) ? (timeout as number) : 1e4
  const lifetime = new AbortController()
  let acting: unknown
  let isBegun: unknown

  const least = () => CONSENTS.find(consent => queues.some(queue => queue.consent === consent)) as Consent
  const isSilent = () => acting || queues.every(({ consent }) => consent === 'denied')
  const isOpen = () => !acting && queues.some(({ consent }) => consent === 'granted')

  const queues = (
    [customerio && connectCustomerIo(customerio), fullstory && connectFullStory(fullstory)] as const
  ).map((connect, place) => {
    const index = place as Index
    const vendor = VENDORS[index] as VendorName
    return createQueue(connect, limit, {
      loaded: (createTelling, createUpkeep) => {
        identity.telling ??= createTelling(identity, surroundings)
        const kept = {
          ledger,
          owed: () => identity.visitor.owed,
          held: queues.flatMap(({ held }) => held),
          allowed: allowSensitive,
          warn,
          readValue,
          again: queues[1].drain,
        }
        ledger.upkeep ??= createUpkeep(kept)
      },
      draining: () => {
        identity.sync()
        if (index) changed(ledger.upkeep?.expire(), 'ttl')
      },
      next: () => identity.telling?.next(index),
      told: (step, reason) => {
        const event = reason ? 'dropped' : 'delivered'
        if (step.kind === 'update') ledger.settle(step.properties, reason)
        else if (/^[ir]/.test(step.kind)) identity.telling?.delivered(index, step)
        if (process.env.NODE_ENV !== 'production' && debug)
          console.debug('[retention-bridge]', event, vendor, step)
        emit(event, { ...step, vendor, reason } as never)
      },
      // After both: other tabs must not hear of somebody before they hear that Customer.io has.
      drained: () => queueMicrotask(identity.save),
      // Not at once: the bridge's own switch is a reset first, and then the person.
      changed: said => queueMicrotask(() => identity.follow(said)),
      turned: (state, reason) => {
        if (state === 'ready') identity.telling?.ready(index, reason)
        if (!index) identity.confirm()
      },
      threw: error => warn('vendor', vendor, error),
      now: monotonicNow,
    })
  }) as [Queue, Queue]

  const surroundings: Surroundings = {
    queues,
    ledger,
    follows: options?.follow !== false,
    readId: given => readUid(given, options?.key === 'email' || guestKey === 'email'),
    answers,
    showsGuests: guestKey !== 'hash',
    isOpen,
    emit,
    warn,
    config,
  }
  const identity = createIdentity(surroundings)

  const update = () => {
    const step = ledger.unsent()
    if (Object.keys(step.types)[0]) queues[1].push({ kind: 'update', n: identity.visitor.n, ...step })
  }

  const changed = (values: Record<string, FlagValue> = {}, source: string) => {
    if (!Object.keys(values)[0]) return
    update()
    emit('flags', { values, source })
  }

  const setFlags = (given: unknown, { source = 'page', at }: FlagOptions = {}) =>
    changed(ledger.set(given, source, at), source)

  const cleaned = (given: unknown, field: string, refuses?: (name: string, json: string) => unknown) => {
    const copy = clean(given, refuses)
    if (copy.refused[0]) warn('field', field, copy.refused)
    return copy
  }

  const say = (kind: 'track' | 'page', name?: string, given?: unknown, to?: VendorName) => {
    const { properties, types } = cleaned(given, `${kind}.${name}`, ledger.upkeep?.isPersonal)
    const { n } = identity.visitor
    const isImportant = `${name}`.search(important) >= 0
    queues.forEach((queue, index) => {
      if (!to || to === VENDORS[index])
        queue.push({ kind, n, name, important: isImportant, properties, types })
    })
  }

  const heldBy = (queue: Queue, index: number): number =>
    queue.held.length + (queue.busy || identity.next(index as Index) ? 1 : 0)

  const status = (): Status => {
    const [customerio, fullstory] = queues.map((queue, index): VendorStatus => {
      const { consent, state, reason, delivered, dropped, vendor } = queue
      return {
        consent,
        state,
        reason,
        delivered,
        dropped,
        api: vendor?.api,
        held: heldBy(queue, index),
        ...answers(queue),
      }
    }) as [VendorStatus, VendorStatus]
    const { id, guest } = identity.visitor
    return {
      identity: { state: acting ? 'impersonated' : guest ? 'guest' : id ? 'known' : 'anonymous', id },
      consent: least(),
      flags: { ...ledger.entries },
      vendors: { customerio, fullstory },
      warnings: list(),
    }
  }

  const until = (
    done: (queue: Queue, index: number) => unknown,
    options?: { timeout?: number },
  ): Promise<Status> => {
    const end = monotonicNow() + (options?.timeout ?? 5000)
    return new Promise(resolve => {
      const check = () =>
        queues.every(done) || !(monotonicNow() < end) ? resolve(status()) : setTimeout(check, 20)
      check()
    })
  }

  const refused = (reason: string, field?: string, got?: unknown): IdentifyResult => {
    if (field) warn(reason as 'id', field, got, true)
    return { outcome: 'refused', id: null, reason }
  }

  // Consent or impersonation changed.
  const turn = () => {
    const opens = isOpen()
    if (opens && !isBegun) identity.begin()
    for (const queue of queues)
      if (acting) queue.close()
      else if (queue.consent === 'granted') queue.open()
    if (opens) update()
    else if (isBegun || isSilent()) identity.end()
    isBegun = opens
  }

  const bridge = {
    identify: async (given: unknown, options?: IdentifyOptions<Plan>) => {
      const id = surroundings.readId(given)
      if (!id) return refused('id', 'identify', given)
      const { flags, traits, via = 'login' } = options ?? {}
      const result = identity.become(id, null, via, cleaned(traits, 'traits').properties)
      if (flags) setFlags(flags, { source: 'identify' })
      return result
    },
    guest: async (given: { email: string }) => {
      const email = given.email
      const guest = normalEmail(email)
      const { id, guest: before } = identity.visitor
      if (!isEmail(guest)) return refused('email', 'guest', email)
      // A person who is known stays that: an address typed at checkout is not a login.
      if (id && !before) return { outcome: 'unchanged', id }
      const traits = { ...cleaned(given, 'traits').properties, email: guest }
      const known = guestKey === 'email' ? guest : before === guest ? id : null
      const result = identity.become(known, guest, 'guest', traits)
      if (known || guestKey !== 'hash') return result
      const { n } = identity.visitor
      return (await import('./identity/hash-email.ts')).hashGuest(identity, n, guest, traits, result)
    },
    setFlags,
    clearFlags: () => {
      for (const { kind, properties } of queues[1].held)
        if (kind === 'update') for (const name in ledger.entries) delete properties[name]
      ledger.entries = {}
      queues[1].wake()
    },
    track: (name: unknown, given?: unknown, { to }: TrackOptions = {}) => {
      if (typeof name !== 'string' || !/^[ -~]{1,100}$/.test(name))
        return warn('event-name', 'track', name, true)
      say('track', name, given, to)
    },
    page: ({ name, properties }: PageView = {}) =>
      say('page', isText(name ?? '') ? name : (warn('field', 'page', name) as undefined), properties),
    // Counts without consent, too: whoever is there when it is given again is somebody else.
    logout: () => {
      if (acting) return
      identity.follow()
      identity.become(null, null, 'logout')
    },
    impersonate: (on: unknown) => {
      acting = !!on
      turn()
    },
    setConsent: (given: Consents) => {
      if (process.env.NODE_ENV !== 'production') checkOptions({ consent: given }, report)
      if (lifetime.signal.aborted) return
      let changes: unknown
      queues.forEach((queue, index) => {
        const said = ((given as Record<string, Consent>)?.[VENDORS[index] as string] ?? given) as Consent
        if (said === queue.consent || !CONSENTS.includes(said)) return
        changes = true
        // Not what was set while it was refused.
        if (index && queue.consent === 'denied') ledger.entries = {}
        queue.consent = said
        // What waits for an answer of its own goes on waiting.
        if (said !== 'granted') queue.close(true)
      })
      if (!changes) return
      turn()
      emit('consent', { consent: least() })
    },
    status,
    on,
    ready: (options?: { timeout?: number }) => until(({ state }) => state !== 'waiting', options),
    flush: (options?: { timeout?: number }) =>
      until((queue, index) => !/ready|waiting/.test(queue.state) || !heldBy(queue, index), options),
    destroy: () => {
      for (const queue of queues) {
        queue.consent = 'denied'
        queue.close()
      }
      turn()
      lifetime.abort()
      delete page?.[STORAGE_KEY]
    },
  }
  // Nothing of ours breaks the page: what goes wrong in here is a warning.
  for (const [name, act] of Object.entries(bridge) as [
    keyof typeof bridge,
    (...args: unknown[]) => unknown,
  ][])
    (bridge[name] as unknown) = (...args: unknown[]) => {
      const failed = (error: unknown) => {
        warn('vendor', name, error)
        return refused('error')
      }
      try {
        if (SAYS.test(name)) {
          identity.follow()
          if (isSilent()) return Promise.resolve(refused('consent'))
        }
        const result = act(...args)
        return result instanceof Promise ? result.catch(failed) : result
      } catch (error) {
        return Promise.resolve(failed(error))
      }
    }
  const result = bridge as unknown as Bridge<Plan>
  // Two of them would exceed the vendors' limits together.
  if (page) page[STORAGE_KEY] = result
  onPageTurn(event => {
    // Other keys are the SDKs': read before all of them are there, they would be written back.
    if (((event as StorageEvent).key ?? STORAGE_KEY) !== STORAGE_KEY) return
    identity.follow()
    const leaving = event.type === 'pagehide'
    for (const queue of queues) queue.drain(leaving)
    identity.telling?.pageTurned(event.type)
  }, lifetime.signal)
  if (typeof initial === 'function') initial(result.setConsent, lifetime.signal)
  else result.setConsent(initial)
  return result
}
