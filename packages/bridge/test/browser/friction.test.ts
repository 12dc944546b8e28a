import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { can, launchBrowser } from '@retention-bridge/sandbox'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { frictionKinds } from '../../src/friction/index.ts'
import { arrived, collected, openFrictionStage, scene } from './friction-stage.ts'
import { traces as all, type Trace } from './friction-traces.ts'
import { eventually } from './stage.ts'

/** Without those that ask for what the engine lacks. */
const traces = all.filter(({ needs = [] }) => needs.every(can))
/** Else each of them has a browser, whose one window has the focus. */
const share = can('focus-in-background')
/** Visitors at a time: each waits most of the time for the window of a rule to pass. */
const VISITORS = share ? 6 : 4
/** Those that leave their page as another can use it come first: the page of one that does not takes the focus. */
const isAlone = ({ leaves, lasting, config }: Trace) => !!(leaves || lasting || config)
const inTurn = [...traces].sort((one, other) => Number(isAlone(one)) - Number(isAlone(other)))

/** Runs before anything else: when the visitor has clicked. */
const RECORD = `window.clicked = []
  addEventListener('click', ({ isTrusted, timeStamp }) => { if (isTrusted) clicked.push(timeStamp) }, true)`

/** Times a trace is repeated that the driver has made too slowly. */
const REPEATED = 3

type Found = { kind: unknown; target: unknown }[]

declare global {
  interface Window {
    clicked: number[]
  }
}

let stage: Awaited<ReturnType<typeof openFrictionStage>>
const results = new Map<Trace, Found>()
/** Of what is rage, what was none the last time: no three clicks in a row came within a second. */
const slow = new Set<Trace>()

const watch = async (page: Page, trace: Trace): Promise<Found> => {
  const { kind, act } = trace
  await page.evaluate('clicked.length = 0')
  await act(page)
  if (kind) await page.waitForFunction(() => window.found[0], undefined, { timeout: 8000 }).catch(() => {})
  // The longest window of a rule: another kind must not turn up in it either.
  if (!kind || /click/.test(kind))
    await page.evaluate(() => new Promise<void>(resolve => setTimeout(resolve, 3100)))
  if (kind === 'rage_click') {
    const clicked = await page.evaluate(() => window.clicked)
    if (!clicked.some((time, place) => (clicked[place + 2] as number) - time < 1000)) slow.add(trace)
  }
  await page.unrouteAll()
  page.removeAllListeners('dialog')
  return page.evaluate(() => window.found as never)
}

const runIn = async (page: Page, trace: Trace): Promise<Found> => {
  await page.evaluate(`{${scene(trace)}}`)
  return watch(page, trace)
}

/** A visitor of their own, whose page is left or changed for good. */
const runAlone = async (trace: Trace, browser: Browser): Promise<Found> => {
  const visitor = await stage.visitor(browser)
  try {
    const { page, store } = await stage.open({ visitor, before: RECORD, ...trace })
    if (!trace.leaves) return await watch(page, trace)
    await trace.act(page)
    if (trace.kind)
      await eventually(
        () => collected(store),
        kinds => kinds.length > 0,
        trace.name,
      ).catch(() => {})
    // What the next page says arrives after what the last one has said.
    const next = await stage.open({ visitor, store })
    await arrived(next.page, store)
    return collected(store).map(kind => ({ kind, target: undefined }))
  } finally {
    await visitor.close()
  }
}

beforeAll(async () => {
  stage = await openFrictionStage()
  const left = [...inTurn]
  const work = async () => {
    const browser = share ? stage.browser : await launchBrowser()
    const { page } = await stage.open({ visitor: await stage.visitor(browser), before: RECORD })
    for (let trace = left.shift(); trace; trace = left.shift()) {
      let repeats = REPEATED
      do {
        slow.delete(trace)
        const found = await (isAlone(trace) ? runAlone(trace, browser) : runIn(page, trace)).catch(error => [
          { kind: `failed: ${error}`, target: null },
        ])
        results.set(trace, found)
      } while (slow.has(trace) && repeats--)
    }
    if (!share) await browser.close()
  }
  await Promise.all(Array.from({ length: VISITORS }, work))
}, 480_000)
afterAll(() => stage.close())

const kindsOf = (trace: Trace) => (results.get(trace) ?? []).map(({ kind }) => kind)

test('no trace is taken for what it is not', () => {
  const falseAlarms = traces.flatMap(trace =>
    kindsOf(trace).flatMap(kind => (kind === trace.kind ? [] : `${trace.name}: ${kind}`)),
  )
  expect(falseAlarms).toEqual([])
  expect(traces.filter(({ kind }) => !kind).length).toBeGreaterThanOrEqual(30)
})

test('friction is found, once, with the right target', () => {
  const wrong = traces.flatMap(({ name, kind, target }, index) => {
    const found = results.get(traces[index] as Trace) ?? []
    if (!kind || !found[0]) return []
    const where = String(found[0].target)
    return found.length === 1 && (!target || where.endsWith(target))
      ? []
      : `${kind}, ${name}: ${found.length}, ${where}`
  })
  expect(wrong).toEqual([])
})

test('precision and recall', () => {
  const table = frictionKinds.map(kind => {
    const of = traces.filter(trace => trace.kind === kind)
    const hits = of.filter(trace => kindsOf(trace).includes(kind)).length
    const alarms = traces.filter(trace => trace.kind !== kind && kindsOf(trace).includes(kind)).length
    return {
      kind,
      traces: of.length,
      found: hits,
      'false alarms': alarms,
      precision: hits / (hits + alarms),
      recall: hits / of.length,
    }
  })
  const friction = traces.filter(({ kind }) => kind)
  const missed = friction.filter(trace => !kindsOf(trace).includes(trace.kind))
  console.table(table)
  const names = missed.map(({ kind, name }) => `${kind}: ${name}`)
  console.log(
    `${traces.length} traces, ${friction.length} of them friction, ${missed.length} missed`,
    ...names,
  )
  expect(missed.length, names.join('\n')).toBeLessThanOrEqual(friction.length * 0.05)
})

test('the documents say how many interactions these are', () => {
  const read = (path: string) =>
    readFileSync(fileURLToPath(new URL(`../../../../${path}`, import.meta.url)), 'utf8')
  const harmless = all.filter(({ kind }) => !kind).length
  expect(read('README.md')).toContain(`${harmless} recorded interactions that are no friction`)
  expect(read('docs/friction.md')).toContain(
    `${all.length} recorded interactions in a real browser: ${all.length - harmless} of them friction, ${harmless} not`,
  )
})
