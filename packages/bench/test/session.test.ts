import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenchStage, openBenchStage } from '../src/bench-stage.ts'
import { type Correctness, runJourney } from '../src/correctness.ts'
import { ADA, EVENTS_LEFT } from '../src/journey.ts'
import { PEERS } from '../src/peer-names.ts'
import { measureSessionLinks } from '../src/session-link.ts'

let stage: BenchStage
const found = {} as Record<(typeof PEERS)[number], Correctness>
beforeAll(async () => {
  stage = await openBenchStage()
  for (const peer of PEERS) found[peer] = await runJourney(stage, peer)
}, 600_000)
afterAll(() => stage.close())

/** From the event after the logout (40) to the last one: what the next visitor does. */
const AFTER_LOGOUT = Array.from({ length: 21 }, (_, index) => 40 + index)
/** Eleven pages whose five flags are the next visitor's. */
const FLAGS_AFTER_LOGOUT = 55
const nothing = { double: [], wrongPerson: [], notJoined: [] }
const inOrder = { lost: EVENTS_LEFT, ...nothing }

describe('a session of 30 pages with retention-bridge', () => {
  it('breaks no rule, and nothing is double or somebody else’s', () => {
    const { rules, flags, idsAtTheEnd, thrown, calls } = found.ours
    expect(rules).toEqual({})
    expect(flags).toEqual({ right: 145, stale: 0, wrongPerson: 0 })
    expect(idsAtTheEnd).toEqual({ customerio: null, fullstory: null })
    expect(thrown).toEqual([])
    expect(calls.customerio.identify).toBe(1)
  })

  it('loses the events of a page that is left before the vendors have come, and no others', () => {
    expect(found.ours.customerio).toEqual(inOrder)
    expect(found.ours.fullstory).toEqual(inOrder)
  })
})

describe('the same session with analytics and its two plugins', () => {
  it('never tells FullStory of the logout: the plugin has no reset', () => {
    const { fullstory, flags, idsAtTheEnd } = found.analytics
    expect(fullstory).toEqual({ ...inOrder, wrongPerson: AFTER_LOGOUT })
    expect(flags.wrongPerson).toBe(FLAGS_AFTER_LOGOUT)
    expect(idsAtTheEnd.fullstory).toBe(ADA.id)
  })

  it('leaves the id in Customer.io’s cookie: it removes one of the folder of the page only', () => {
    expect(found.analytics.customerio).toEqual({ ...inOrder, wrongPerson: AFTER_LOGOUT })
    expect(found.analytics.idsAtTheEnd.customerio).toBe(ADA.id)
  })

  it('takes the type of a flag from each value, so that whole numbers change it', () => {
    expect(found.analytics.rules.type_conflict).toBeGreaterThan(0)
    expect(found.analytics.flags.stale).toBeGreaterThan(0)
  })

  it('breaks FullStory’s limits when a slider is dragged', () => {
    expect(found.analytics.rules.user_rate_second).toBeGreaterThan(0)
    expect(found.analytics.rules.user_rate_minute).toBeGreaterThan(0)
  })
})

describe.each(['segment', 'destination'] as const)('the same session with %s', peer => {
  it('never tells FullStory of the logout: the destination has no reset', () => {
    const { fullstory, flags, idsAtTheEnd } = found[peer]
    expect(fullstory).toEqual({ ...inOrder, wrongPerson: AFTER_LOGOUT })
    expect(flags).toEqual({ right: 90, stale: 0, wrongPerson: FLAGS_AFTER_LOGOUT })
    expect(idsAtTheEnd).toEqual({ customerio: null, fullstory: ADA.id })
  })

  it('replays what was said before it was there by method: what follows the logout is of who left', () => {
    expect(found[peer].customerio).toEqual({ ...inOrder, wrongPerson: [40] })
  })

  it('breaks FullStory’s limits when a slider is dragged', () => {
    expect(found[peer].rules).toEqual({
      user_rate_second: expect.any(Number),
      user_rate_minute: expect.any(Number),
    })
  })
})

describe('the same session with a hand-written glue', () => {
  it('loses what FullStory was told before a logout, where its script comes after that', () => {
    expect(found.glue.fullstory).toEqual({ ...inOrder, lost: [...EVENTS_LEFT, 39] })
  })

  it('tells Customer.io through the stub, which replays by method: what follows the logout is of who left', () => {
    expect(found.glue.customerio).toEqual({ ...inOrder, wrongPerson: [40] })
  })

  it('breaks FullStory’s limits when a slider is dragged', () => {
    expect(found.glue.rules).toEqual({
      user_rate_second: expect.any(Number),
      user_rate_minute: expect.any(Number),
    })
  })

  it('has every flag right', () => {
    expect(found.glue.flags).toEqual({ right: 145, stale: 0, wrongPerson: 0 })
  })
})

describe('the link to the session on three errors, before a login, after it, and after a switch', () => {
  it('is missing as @sentry/fullstory’s guide sets it up: its code looks for what FullStory’s SDK no longer has', async () => {
    expect(await measureSessionLinks(stage, { helped: false })).toEqual({ right: 0, stale: 0, missing: 3 })
  })

  it('leads to the session of the person before, once it is helped to find one', async () => {
    expect(await measureSessionLinks(stage, { helped: true })).toEqual({ right: 2, stale: 1, missing: 0 })
  })
})
