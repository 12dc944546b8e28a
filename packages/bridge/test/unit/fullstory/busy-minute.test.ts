import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createBridge } from '../../../src/index.ts'
import { leavePage } from '../page.ts'
import { vendors } from '../ready-vendors.ts'
import { EVENTS, FLAG_CALLS, MINUTE, type Minute, minutes, plan, rush, tasksOf } from './busy-minute.ts'
import { recordedPage } from './recorded-page.ts'

// Once for all: what FullStory may be told depends on a clock that is never set back.
beforeAll(() => {
  vi.useFakeTimers()
  const now = performance.now.bind(performance)
  let spent = 0
  // Time passes while a page works, too.
  vi.spyOn(performance, 'now').mockImplementation(() => {
    spent += 0.001
    return now() + spent
  })
})
afterAll(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})
afterEach(leavePage)

const isImportant = (name: string) => /^checkout_|^payment_failed$/.test(name)

/** Lets the minute happen on a new page, and waits until nothing is held. */
const spend = async (minute: Minute) => {
  const { api, known, loads } = minute
  leavePage()
  const { org, count, load } = recordedPage()
  const { customerio, received } = vendors()
  const bridge = createBridge({
    flags: plan,
    // Without an answer to wait for: thousands of timers are what a faked clock is slow with.
    customerio: { ...customerio, track: (name: string) => void received.customerio.push(name) } as never,
    fullstory: api === 'v1' ? { api } : 'auto',
  })
  const fullstory = () => bridge.status().vendors.fullstory
  if (known) bridge.identify('cust_1')
  setTimeout(load, loads)
  const said: string[] = []
  const flags = {}
  let flagCalls = 0
  let mostHeld = 0
  for (const { after, calls } of tasksOf(minute)) {
    await vi.advanceTimersByTimeAsync(after)
    for (const call of calls)
      if ('event' in call) {
        bridge.track(call.event)
        said.push(call.event)
      } else {
        bridge.setFlags(call.flags)
        Object.assign(flags, call.flags)
        flagCalls++
      }
    mostHeld = Math.max(mostHeld, fullstory().held)
  }
  // Whatever was used of the vendor's limits is free again after another one.
  await vi.advanceTimersByTimeAsync(MINUTE + 1_000)
  const flagsThen = org.view().users.at(-1)?.properties ?? {}
  for (let waited = 0; waited < 20 && fullstory().held; waited++) await vi.advanceTimersByTimeAsync(MINUTE)
  const { sessions, violations } = org.view()
  return {
    said,
    flags,
    flagCalls,
    flagsThen: Object.fromEntries(Object.entries(flagsThen).map(([name, { value }]) => [name, value])),
    mostHeld,
    events: sessions.flatMap(({ events }) => events.map(({ name }) => name)),
    updates: count('user-properties'),
    atCustomerIo: received.customerio,
    violations,
    status: fullstory(),
  }
}

test('10,000 setFlags and 5,000 track calls in a minute, in any order (BUDGET)', async () => {
  await fc.assert(
    fc.asyncProperty(minutes, async minute => {
      const { said, flags, status, events, ...seen } = await spend(minute)
      expect([said.length, seen.flagCalls]).toEqual([EVENTS, FLAG_CALLS])
      expect(seen.violations).toEqual([])
      expect(seen.flagsThen).toEqual(flags)
      const important = said.filter(isImportant)
      expect(events.filter(isImportant)).toEqual(important)
      expect(seen.atCustomerIo.filter(isImportant)).toEqual(important)
      const others = said.filter(name => !isImportant(name) && events.includes(name))
      expect(events.filter(name => !isImportant(name))).toEqual(others)
      // Every call is accounted for: who the visitor is was told once.
      expect(status).toMatchObject({ held: 0, delivered: events.length + seen.updates + 1 })
      expect(status.dropped + events.length).toBe(EVENTS)
      expect(seen.mostHeld).toBeLessThanOrEqual(201)
    }),
    // A smaller one would be looked for as long as a minute takes, many times.
    { numRuns: 30, endOnFailure: true, examples: [[rush]] },
  )
  // Half a million calls: as long as the machine needs.
}, 300_000)
