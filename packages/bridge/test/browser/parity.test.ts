import { need } from '@retention-bridge/sandbox'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDoubles, viewsOf } from '../parity/in-memory.ts'
import { carryOut, END, type Sequence } from '../parity/sequence.ts'
import { sequences } from '../parity/sequences.ts'
import { comparable, summary, type Views } from '../parity/views.ts'
import { CREATE } from './identity-stage.ts'
import { eventually, openPage, openStage, type Stage, type Store } from './stage.ts'

const OPEN_KIT = `window.kit = await import('/dist/testing/index.js')
  window.create = sdks => createBridge({ flags: plan, ...sdks })`

let stage: Stage
/** With the kit as it is built, and none of the vendors' scripts. */
let kitPage: Page
beforeAll(async () => {
  stage = await openStage()
  const url = stage.store().url({ fullstory: 'none', customerio: false, setup: OPEN_KIT })
  kitPage = (await openPage(await stage.visitor(), url)).page
})
afterAll(() => stage.close())

const NOTHING = () => {}

/** Customer.io orders messages by their times: no two have the same, or it would be by who overtook whom. */
const DISTINCT_TIMES = `{ const { now } = Date; let last = 0;
  Date = class extends Date {
    constructor(...given) { if (given.length) super(...given); else super(last = Math.max(now(), last + 1)) }
  } }`

/** The vendors' real SDKs on a page, and what the sandbox's servers hold of it. */
const real = async ({ preload = NOTHING, inbox = [], isBlocked = false, withBridge, run }: Sequence) => {
  const store: Store = stage.store()
  const visitor = await stage.visitor()
  for (const message of inbox) store.customerio.pushInbox(message)
  if (isBlocked) store.faults.fullstoryScript = 'blocked'
  const tags = `<!-- snippets --><script>(${preload})(window)</script>`
  const setup = withBridge ? CREATE : ''
  const way = withBridge ? 'script tag' : 'own tags'
  const { page } = await openPage(visitor, store.url({ way, tags, setup, before: DISTINCT_TIMES }))
  const answers = await page.evaluate(`(${carryOut})(window, ${run}, ${JSON.stringify(END)}, ${isBlocked})`)
  return { answers, store, close: () => visitor.close() }
}

const viewsOfStore = ({ fullstory, customerio }: Store): Views => {
  const { users, sessions, violations } = fullstory.view()
  const { people, anonymous, violations: more } = customerio.view()
  // The stage's own plan has none of the names of these sequences.
  const rules = [...violations, ...more].filter(({ rule }) => rule !== 'leaked_property')
  return { users, sessions, people, anonymous, violations: rules }
}

/** The doubles of somebody new. */
const doubles = async ({ preload, inbox = [], isBlocked = false, withBridge = false, run }: Sequence) => {
  const [answers, views] = (await kitPage.evaluate(`(async () => {
    window.retention_bridge?.destroy()
    localStorage.clear()
    const sequence = { preload: ${preload}, inbox: ${JSON.stringify(inbox)}, isBlocked: ${isBlocked} }
    const { page, fullstory, customerio } = (${openDoubles})(window.kit, sequence)
    if (${withBridge}) page.bridge = window.create({ fullstory, customerio })
    const answers = await (${carryOut})(page, ${run}, ${JSON.stringify(END)}, ${isBlocked})
    await window.kit.settled({ fullstory, customerio })
    return [answers, (${viewsOf})(fullstory, customerio)]
  })()`)) as [unknown, Views]
  return { answers, views }
}

/** How much Customer.io has applied: requests of one page overtake each other. */
const amount = ({ people, anonymous }: Views): number =>
  [...people, ...anonymous].flatMap(({ events, pages }) => [...events, ...pages]).length +
  people.reduce((calls, { identifyCalls }) => calls + identifyCalls, 0)

/**
 * Of FullStory everything has arrived when the last thing has, or the end of a capture that was shut down before that.
 * Of Customer.io there has to be as much as the doubles have.
 */
const hasArrived = (store: Store, doubles: Views) =>
  eventually(
    () => {
      const views = viewsOfStore(store)
      const isComplete = ({ endReason, events }: Views['sessions'][number]) =>
        endReason !== null || events.some(({ name }) => name === END)
      return [
        amount(views) >= amount(doubles),
        views.sessions.length === doubles.sessions.length && views.sessions.every(isComplete),
      ]
    },
    arrived => arrived.every(Boolean),
    'not everything has arrived',
  )

describe('the doubles and the real SDKs', () => {
  test.each(sequences)('$what', async sequence => {
    if (/\.reset\b/.test(`${sequence.preload}${sequence.run}`)) need('deleted-cookies')
    const [theirs, ours] = await Promise.all([real(sequence), doubles(sequence)])
    expect(ours.answers).toEqual(theirs.answers)
    if (sequence.answers !== undefined) expect(theirs.answers).toEqual(sequence.answers)
    await hasArrived(theirs.store, ours.views)
    const views = viewsOfStore(theirs.store)
    expect(comparable(ours.views)).toEqual(comparable(views))
    expect(summary(views)).toMatchObject({ rules: [], ...sequence.expected })
    await theirs.close()
  })
})
