import type { VendorName } from '../delivery/vendor.ts'
import { noPage, type TestPage } from './page.ts'

/** How {@link settled} waits. */
export interface SettledOptions {
  /** Milliseconds after which it gives up, 5,000 by default. */
  timeout?: number
  /** With fake timers: what lets their time pass, `vi.advanceTimersByTimeAsync` for instance. */
  advanceTimers?: (milliseconds: number) => unknown
}

/** Milliseconds of a round: as often as `flush` looks. Of fake timers more at a time, so that a minute is soon over. */
const ROUND = 20
const LONGEST_FAKE_ROUND = 250
const NAMES = { customerio: 'Customer.io', fullstory: 'FullStory' } as const

// Not the one of the moment, which may be a fake one that nobody advances.
const realTimeout = setTimeout

/** Passes time, fake time too; timers that were faked before this module was there may be those of `realTimeout`. */
const pass = async (milliseconds: number, advanceTimers: SettledOptions['advanceTimers']): Promise<void> => {
  const rested = new Promise<void>(resolve => realTimeout(resolve, Math.min(milliseconds, ROUND)))
  await advanceTimers?.(milliseconds)
  await rested
}

/** What is still to come at one vendor, if anything. */
const waitsFor = (page: TestPage, name: VendorName): string | undefined => {
  const double = page[name]
  if (double?.busy) return 'something is on its way'
  const { state, held } = page.bridge?.status().vendors[name] ?? { state: 'off', held: 0 }
  // Calls wait for good where they cannot be taken: that is for the test to look at.
  const isOpen = double ? double.state === 'running' : /ready|waiting/.test(state)
  if (state === 'off' || !isOpen) return undefined
  if (held) return `${held} held (${state})`
  return double && state === 'waiting' ? 'not found yet' : undefined
}

const waits = (page: TestPage): [string, string | undefined][] =>
  (['customerio', 'fullstory'] as const).map(name => [NAMES[name], waitsFor(page, name)])

const stuck = (page: TestPage, timeout: number): string =>
  [
    `settled: after ${timeout} ms something is still waiting`,
    ...waits(page).flatMap(([name, what]) => (what ? [`  + ${name}  ${what}`] : [])),
    noPage(page) ??
      'A double that was not given to the bridge is not found by it. With fake timers, pass { advanceTimers }. ' +
        'Calls that FullStory’s limits make wait do so up to a minute: pass a longer timeout, or fake timers.',
  ].join('\n')

/**
 * Waits until all that was said has come to both vendors: the bridge holds nothing that can be delivered
 * (`bridge.flush()`), no message is on its way, no session about to begin. Where a double takes no calls (not started,
 * shut down, blocked), what waits for it stays.
 *
 * Rejects with an `Error` that says what is waiting, after the time limit.
 *
 * @example await settled({ bridge, fullstory, customerio })
 */
export const settled = async (
  page: TestPage,
  { timeout = 5000, advanceTimers }: SettledOptions = {},
): Promise<void> => {
  let quiet = 0
  let round = ROUND
  for (let left = timeout; quiet < 2; left -= round) {
    if (left < 0) throw new Error(stuck(page, timeout))
    const flushed = page.bridge?.flush({ timeout: ROUND })
    const passed = pass(round, advanceTimers)
    await (advanceTimers ? passed : Promise.race([flushed, passed]))
    if (advanceTimers) round = Math.min(round * 2, LONGEST_FAKE_ROUND)
    // What was answered may be said on in tasks of its own.
    await pass(1, advanceTimers)
    quiet = waits(page).some(([, what]) => what) ? 0 : quiet + 1
  }
}
