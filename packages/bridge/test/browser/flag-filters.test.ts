import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, openPage, openStage, type PageChoice, type Stage, type Store } from './stage.ts'

type Search = readonly [operator: string, value: string]

/** A flag, its value on every page, how FullStory's org has it, and a search that finds it and one that does not. */
const FLAGS: [name: string, spec: object, value: unknown, type: string, finds: Search, findsNot: Search][] = [
  ['abandoner', { type: 'bool' }, true, 'bool', ['is', 'true'], ['is', 'false']],
  ['purchases', { type: 'int' }, 3, 'int', ['greater than', '2'], ['greater than', '3']],
  ['aov', { type: 'real' }, 130, 'real', ['less than', '130.5'], ['less than', '130']],
  ['variant', { type: 'str' }, 'blue 2', 'str', ['contains', 'blue'], ['contains', 'green']],
  ['plans', { type: 'strs' }, ['a', 'b'], 'strs', ['is', 'a'], ['is', 'c']],
  ['tier', { type: 'enum', values: ['silver', 'gold'] }, 'gold', 'str', ['is', 'gold'], ['is', 'silver']],
  [
    'ordered',
    { type: 'date' },
    '2026-01-31T12:00:00Z',
    'date',
    ['before', '2026-02-01'],
    ['after', '2026-02-01'],
  ],
]

const PAGES: [uid: string, api: string, given: unknown, snippet?: PageChoice['fullstory']][] = [
  ['by_v2', 'v2', 'auto'],
  ['by_v1', 'v1', { api: 'v1' }],
  ['by_old_snippet', 'v1', 'auto', '1.3'],
]

const object = (entries: [string, unknown][]) => JSON.stringify(Object.fromEntries(entries))
const PLAN = object(FLAGS.map(([name, spec]) => [name, spec]))
const VALUES = object(FLAGS.map(([name, , value]) => [name, value]))

let stage: Stage
let store: Store
beforeAll(async () => {
  stage = await openStage()
  store = stage.store()
  store.fullstory.declare(FLAGS.map(([name]) => name))
  for (const [uid, api, given, fullstory] of PAGES) {
    const { page } = await openPage(
      await stage.visitor(),
      store.url({
        fullstory,
        customerio: false,
        setup: `window.bridge = createBridge({ flags: ${PLAN}, customerio: false, fullstory: ${JSON.stringify(given)} });
          bridge.identify('${uid}', { flags: ${VALUES} }); bridge.track('said')`,
      }),
    )
    const used = await page.evaluate(async () => (await window.bridge.flush()).vendors.fullstory.api)
    expect(used).toBe(api)
  }
  await eventually(
    () => store.fullstory.view().sessions.filter(({ events }) => events.length).length,
    count => count === PAGES.length,
    'not all has been said',
  )
})
afterAll(() => stage.close())

const people = (property: string, type: string, [operator, value]: Search) =>
  store.fullstory.sessionsMatching({ property, type, operator, value })?.map(({ uid }) => uid)

describe('the sessions of V1 and of V2 are found by the same search (DECLARED)', () => {
  test.each(FLAGS)('%s, declared as %j', (name, _spec, _value, type, finds, findsNot) => {
    expect(store.fullstory.userPropertyType(name)).toBe(type)
    expect(people(name, type, finds)).toEqual(PAGES.map(([uid]) => uid))
    expect(people(name, type, findsNot)).toEqual([])
  })

  test('and FullStory refuses nothing', () => {
    expect(store.fullstory.violations).toEqual([])
  })
})
