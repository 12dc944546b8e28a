import { can, need } from '@retention-bridge/sandbox'
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { eventually, openPage, openStage, type Store } from './stage.ts'

declare global {
  interface Window {
    /** What FullStory was told of, in order. */
    found: Record<string, unknown>[]
    stopFriction(): void
    watch(options?: object): void
  }
}

export interface FrictionChoice {
  /** What is on the page. */
  body?: string
  /** Its script, once the judges listen. */
  script?: string
  /** Where the page says that it is. */
  path?: string
  /** The second argument of `watchFriction`, and more of the bridge's configuration. */
  options?: string
  config?: string
  store?: Store
  visitor?: BrowserContext
  /** Both vendors are on the page; FullStory only otherwise, which is quicker. */
  both?: true
  /** Runs before anything else. */
  before?: string
}

/** The stage, with what the tests of friction need of it. */
export const openFrictionStage = async () => {
  const stage = await openStage()
  /** Somebody with a mouse, a keyboard and a finger. */
  const newVisitor = (browser = stage.browser) =>
    browser.newContext({ hasTouch: can('touch'), viewport: { width: 800, height: 600 } })
  return {
    ...stage,
    visitor: newVisitor,
    open: async ({ store = stage.store(), visitor, both, before, ...choice }: FrictionChoice) => {
      const context = visitor ?? (await newVisitor())
      store.fullstory.declare(['friction'])
      const opened = await openPage(
        context,
        store.url({ before, customerio: !!both, setup: setupOf({ ...choice, both }) }),
      )
      return { ...opened, context, store }
    },
  }
}

const setupOf = (choice: FrictionChoice) => `
  window.bridge = createBridge({
    ${choice.both ? '' : 'customerio: false,'} ${choice.config ?? ''} flags: defineFlags({ friction: { type: 'str' } }),
  })
  bridge.on('delivered', ({ name, vendor, properties }) => {
    if (name === 'friction_detected' && vendor === 'fullstory') found.push(properties)
  })
  await bridge.ready()
  const { watchFriction } = await import('/dist/friction/index.js')
  await import('/dist/chunks/judge-clicks.js')
  await import('/dist/chunks/judge-checkout.js')
  window.watch = options => {
    window.found = []
    window.stopFriction = watchFriction(bridge, options)
  }
  ${scene(choice)}`

/** Another page in the same document, with judges who know nothing of what was there before. */
export const scene = ({ body = '', script = '', path = '/products/hat', options = '{}' }: FrictionChoice) => `
  window.stopFriction?.()
  history.replaceState(null, '', ${JSON.stringify(path)})
  document.body.innerHTML = ${JSON.stringify(body)}
  watch(${options})
  ${script}`

/** The kinds that FullStory's collector has, of pages that are gone, too. */
export const collected = (store: Store): unknown[] =>
  store.fullstory
    .view()
    .sessions.flatMap(({ events }) => events)
    .filter(({ name }) => name === 'friction_detected')
    .map(({ properties }) => (properties as { kind?: unknown }).kind)

/** Waits until FullStory's collector has all that the page has said. */
export const arrived = async (page: Page, store: Store): Promise<void> => {
  await page.evaluate(() => window.bridge.track('arrived'))
  const has = () =>
    store.fullstory.view().sessions.some(({ events }) => events.some(({ name }) => name === 'arrived'))
  await eventually(has, there => there, 'nothing arrives')
}

/** Seconds from one click to the next. */
const CLICK = 0.1

const middleOf = async (page: Page, selector: string) => {
  const box = await page.locator(selector).first().boundingBox()
  if (!box) throw new Error(`nothing to click: ${selector}`)
  return [box.x + box.width / 2, box.y + box.height / 2] as const
}

type Place = readonly [x: number, y: number]

/**
 * Clicks at these places, several at one of them as in a double click. Sent all at once, with the time at which a quick
 * person does it: on a busy machine each would wait for the last.
 */
const clickAllAtOnce = async (page: Page, places: readonly Place[]): Promise<void> => {
  const browser = await page.context().newCDPSession(page)
  const begun = Date.now() / 1000 - places.length * CLICK
  let before: Place | undefined
  let clickCount = 0
  const sent = places.flatMap(([x, y], time) => {
    clickCount = x === before?.[0] && y === before[1] ? clickCount + 1 : 1
    before = [x, y]
    return (['mousePressed', 'mouseReleased'] as const).map((type, half) =>
      browser.send('Input.dispatchMouseEvent', {
        type,
        timestamp: begun + (time + half / 2) * CLICK,
        x,
        y,
        button: 'left',
        buttons: 1 - half,
        clickCount,
      }),
    )
  })
  await Promise.all(sent)
  await browser.detach()
}

/** Clicks with the mouse in the middle of an element, and somewhat further each time, as quickly as it goes. */
export const click = async (page: Page, selector: string, times = 1, drift = 0): Promise<void> => {
  const [x, y] = await middleOf(page, selector)
  const places = Array.from({ length: times }, (_, time) => [x + drift * time, y] as const)
  if (can('devtools')) await clickAllAtOnce(page, places)
  else if (drift) for (const place of places) await page.mouse.click(...place)
  else await page.mouse.click(x, y, { clickCount: times })
}

/** Clicks with the mouse in the middle of one element after the other, as quickly as it goes. */
export const clickEach = async (page: Page, selectors: readonly string[]): Promise<void> => {
  const places: Place[] = []
  for (const selector of selectors) places.push(await middleOf(page, selector))
  if (can('devtools')) await clickAllAtOnce(page, places)
  else for (const place of places) await page.mouse.click(...place)
}

/**
 * Clicks in rage on the button of a body, which is a new one each time, until that is found: where the machine is too
 * busy for three clicks in a second, or for a timer to be in time, nobody is judged.
 */
export const rage = (page: Page, body: string, isFound: () => unknown) =>
  expect
    .poll(
      async () => {
        if (await isFound()) return true
        await page.evaluate(html => {
          document.body.innerHTML = html
        }, body)
        await click(page, 'button', 3)
      },
      { interval: 2500, timeout: 30_000 },
    )
    .toBe(true)

export const tap = async (page: Page, selector: string, times = 1): Promise<void> => {
  const [x, y] = await middleOf(page, selector)
  need('touch')
  for (let time = 0; time < times; time++) await page.touchscreen.tap(x, y)
}

/** Holds the mouse down on an element, moves it and lets it go. */
export const hold = async (page: Page, selector: string, milliseconds: number, by = 0): Promise<void> => {
  const [x, y] = await middleOf(page, selector)
  await page.mouse.move(x, y)
  await page.mouse.down()
  if (by) await page.mouse.move(x + by, y, { steps: 5 })
  await page.waitForTimeout(milliseconds)
  await page.mouse.up()
}

/** Does something several times, at the pace of a person. */
export const paced = async (page: Page, times: number, pause: number, act: () => Promise<unknown>) => {
  for (let time = 0; time < times; time++) {
    if (time) await page.waitForTimeout(pause)
    await act()
  }
}
