import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ADA,
  type AnyBridge,
  expectHoldings,
  expectId,
  type Holdings,
  settle,
  visit,
} from './identity-stage.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

type Act = (bridge: AnyBridge) => unknown

/** How a visitor comes to be in a state. Each of them has done something there, and has a flag. */
const STATES = {
  anonymous: bridge => bridge,
  guest: bridge => bridge.guest({ email: 'Ada@Example.com ', first_name: 'Ada' }),
  known: bridge => bridge.identify('A', { traits: { email: 'ada@example.com' } }),
} satisfies Record<string, Act>

interface Row {
  from: keyof typeof STATES
  event: string
  act: Act
  outcome?: string
  id: string | null
  state: 'anonymous' | 'guest' | 'known'
  holds: Holdings
}

const GUEST = { email: 'ada@example.com', first_name: 'Ada' }
const EVE = { email: 'eve@example.com' }
const FLAGS = { vip_tier: 'gold', cart_abandoner_4h: true, purchase_count: 3 }
/** What remains of them on a FullStory user who may turn out to be somebody else. */
const TAKEN_BACK = { cart_abandoner_4h: null, vip_tier: null, purchase_count: null }

const ROWS: Row[] = [
  {
    from: 'anonymous',
    event: 'identify',
    act: bridge => bridge.identify('A', { traits: { email: 'ada@example.com' } }),
    outcome: 'stitched',
    id: 'A',
    state: 'known',
    holds: {
      people: { A: { traits: ADA, events: ['before', 'after'] } },
      sessions: [{ uid: 'A', events: ['before', 'after'], flags: FLAGS }],
    },
  },
  {
    from: 'anonymous',
    event: 'guest',
    act: STATES.guest,
    outcome: 'stitched',
    id: null,
    state: 'guest',
    holds: {
      people: { 'ada@example.com': { traits: GUEST, events: ['before', 'after'] } },
      sessions: [{ events: ['before', 'after'], flags: { ...FLAGS, ...ADA } }],
    },
  },
  {
    from: 'anonymous',
    event: 'logout',
    act: bridge => bridge.logout(),
    id: null,
    state: 'anonymous',
    holds: { visitors: [['before', 'after']], sessions: [{ events: ['before', 'after'], flags: FLAGS }] },
  },
  {
    from: 'guest',
    event: 'identify, same e-mail address',
    act: bridge => bridge.identify('A', { traits: { email: 'ADA@example.com' } }),
    outcome: 'stitched',
    id: 'A',
    state: 'known',
    holds: {
      people: {
        A: { traits: { ...GUEST, email: 'ADA@example.com' }, events: ['before', 'after'], identifies: 2 },
      },
      sessions: [{ uid: 'A', events: ['before', 'after'], flags: { ...FLAGS, ...ADA } }],
    },
  },
  {
    from: 'guest',
    event: 'identify, another e-mail address',
    act: bridge => bridge.identify('E', { traits: { email: 'eve@example.com' } }),
    outcome: 'switched',
    id: 'E',
    state: 'known',
    holds: {
      people: {
        'ada@example.com': { traits: GUEST, events: ['before'] },
        E: { traits: EVE, events: ['after'] },
      },
      // FullStory splits between two ids only: its anonymous session becomes the one of the first id.
      sessions: [{ uid: 'E', events: ['before', 'after'], flags: TAKEN_BACK }],
    },
  },
  {
    from: 'guest',
    event: 'identify without an e-mail address',
    act: bridge => bridge.identify('E'),
    outcome: 'switched',
    id: 'E',
    state: 'known',
    holds: {
      people: { 'ada@example.com': { traits: GUEST, events: ['before'] }, E: { events: ['after'] } },
      sessions: [{ uid: 'E', events: ['before', 'after'], flags: TAKEN_BACK }],
    },
  },
  {
    from: 'guest',
    event: 'guest, same e-mail address',
    act: bridge => bridge.guest({ email: 'ada@example.com' }),
    outcome: 'unchanged',
    id: null,
    state: 'guest',
    holds: {
      people: { 'ada@example.com': { traits: GUEST, events: ['before', 'after'] } },
      sessions: [{ events: ['before', 'after'], flags: { ...FLAGS, ...ADA } }],
    },
  },
  {
    from: 'guest',
    event: 'guest, another e-mail address',
    act: bridge => bridge.guest({ email: 'eve@example.com' }),
    outcome: 'switched',
    id: null,
    state: 'guest',
    holds: {
      people: {
        'ada@example.com': { traits: GUEST, events: ['before'] },
        'eve@example.com': { traits: EVE, events: ['after'] },
      },
      sessions: [{ events: ['before', 'after'], flags: { ...TAKEN_BACK, ...EVE } }],
    },
  },
  {
    from: 'guest',
    event: 'logout',
    act: bridge => bridge.logout(),
    id: null,
    state: 'anonymous',
    holds: {
      people: { 'ada@example.com': { traits: GUEST, events: ['before'] } },
      visitors: [['after']],
      sessions: [{ events: ['before', 'after'], flags: TAKEN_BACK }],
    },
  },
  {
    from: 'known',
    event: 'identify, same',
    act: bridge => bridge.identify(' A ', { traits: { email: 'ada@example.com' } }),
    outcome: 'unchanged',
    id: 'A',
    state: 'known',
    holds: {
      people: { A: { traits: ADA, events: ['before', 'after'] } },
      sessions: [{ uid: 'A', events: ['before', 'after'], flags: FLAGS }],
    },
  },
  {
    from: 'known',
    event: 'identify, other',
    act: bridge => bridge.identify('E', { traits: { email: 'eve@example.com' } }),
    outcome: 'switched',
    id: 'E',
    state: 'known',
    holds: {
      people: { A: { traits: ADA, events: ['before'] }, E: { traits: EVE, events: ['after'] } },
      sessions: [
        { uid: 'A', events: ['before'], flags: FLAGS },
        { uid: 'E', events: ['after'] },
      ],
    },
  },
  {
    from: 'known',
    event: 'guest',
    act: bridge => bridge.guest({ email: 'eve@example.com', first_name: 'Eve' }),
    outcome: 'unchanged',
    id: 'A',
    state: 'known',
    holds: {
      people: { A: { traits: ADA, events: ['before', 'after'] } },
      sessions: [{ uid: 'A', events: ['before', 'after'], flags: FLAGS }],
    },
  },
  {
    from: 'known',
    event: 'logout',
    act: bridge => bridge.logout(),
    id: null,
    state: 'anonymous',
    holds: {
      people: { A: { traits: ADA, events: ['before'] } },
      visitors: [['after']],
      sessions: [{ uid: 'A', events: ['before'], flags: FLAGS }, { events: ['after'] }],
    },
  },
]

describe.each(ROWS)('$from: $event', ({ from, act, outcome, id, state, holds }) => {
  test.each([
    ['one step at a time', true],
    ['all in one task', false],
  ])('%s', async (_how, wait) => {
    const store = stage.store()
    const opened = await visit(await stage.visitor(), store)
    const { page, problems } = opened
    const pause = wait ? () => settle(page, store) : async () => {}
    const steps: Act[] = [
      STATES[from],
      bridge => {
        bridge.track('before')
        bridge.setFlags({ vip_tier: 'gold', cart_abandoner_4h: true, purchase_count: 3 } as object)
      },
    ]
    for (const step of steps) {
      await opened.act(step)
      await pause()
    }
    const result = await opened.act(act)
    expect(result).toEqual(outcome ? expect.objectContaining({ outcome, id }) : undefined)
    await opened.act(bridge => bridge.track('after'))
    await opened.settle()

    expect(await opened.act(bridge => bridge.status().identity)).toEqual({ state, id })
    await expectId(opened, id)
    await expectHoldings(store, holds)
    expect(problems).toEqual([])
  })
})
