/**
 * Takes the pictures of docs/doctor.md: the panel on pages of the sandbox, which are really broken. Prints where they
 * are.
 */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { openDoctorStage } from './browser/doctor-stage.ts'
import type { PageChoice, Store } from './browser/stage.ts'

const FOLDER = fileURLToPath(new URL('../../../docs/images/', import.meta.url))

const PLAN = `{
  vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'] },
  cart_abandoner_4h: { type: 'bool', ttl: '4h' },
  purchase_count: { type: 'int' },
}`
const CREATE = `window.bridge = createBridge({ flags: ${PLAN}, timeout: 1000 });`
const KNOW = `
  bridge.identify('cust_1042', { traits: { email: 'ada@example.com' }, flags: { vip_tier: 'gold', purchase_count: 3 } })
  bridge.setFlags({ cart_abandoner_4h: true }, { source: 'inbox', at: Date.now() - 42 * 60_000 })
  bridge.track('checkout_started', { cart_value: 129.5, currency: 'USD' })`

/** A shop for the panel to lie on. */
const SHOP = `<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
  <style>body { font: 16px/1.5 Georgia, serif; margin: 32px } div { display: flex; flex-wrap: wrap; gap: 16px }
  i { width: 150px; height: 190px; background: #8883; border-radius: 8px }</style>
  <body><h1>Harbor &amp; Mug</h1><p>Stoneware, made by hand.</p><div><i></i><i></i><i></i><i></i><i></i><i></i></div>
  <!-- snippets -->`

interface Picture {
  name: string
  /** What the panel comes to say. */
  says: string
  setup?: string
  choice?: PageChoice
  device?: BrowserContextOptions
  breaks?(store: Store): void
  act?(page: Page): Promise<unknown>
}

const DESKTOP = { viewport: { width: 760, height: 720 }, deviceScaleFactor: 2 }

const PICTURES: Picture[] = [
  { name: 'healthy', says: 'All is well.' },
  {
    name: 'ids-differ',
    says: 'FullStory takes this visitor for somebody else',
    act: page => page.evaluate(() => window.FS('setIdentity', { uid: 'guest_77' })),
  },
  {
    name: 'fullstory-blocked',
    says: 'FullStory could not be loaded',
    breaks: store => {
      store.faults.fullstoryScript = 'blocked'
    },
  },
  {
    name: 'consent-pending',
    says: 'The visitor has not agreed',
    setup: `window.bridge = createBridge({ flags: ${PLAN}, consent: 'pending' });`,
  },
  {
    name: 'phone',
    says: 'All is well.',
    device: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  },
  {
    name: 'dark',
    says: 'All is well.',
    device: { ...DESKTOP, colorScheme: 'dark' },
    act: async page => {
      for (const part of ['What to look at', 'Who this is', 'Last deliveries'])
        await page.getByText(part).click()
    },
  },
]

mkdirSync(FOLDER, { recursive: true })
const stage = await openDoctorStage()
try {
  for (const { name, says, setup = CREATE, device = DESKTOP, breaks, act } of PICTURES) {
    const store = stage.store()
    store.fullstory.declare(['vip_tier', 'cart_abandoner_4h', 'purchase_count'])
    breaks?.(store)
    const visitor = await stage.browser.newContext(device)
    const { page } = await stage.open({ store, visitor, tags: SHOP, setup })
    await page.evaluate(() => window.openPanel())
    await page.waitForSelector('retention-bridge-panel')
    await page.evaluate(KNOW)
    await page.evaluate(() =>
      window.bridge
        .ready()
        .then(() => window.bridge.flush())
        .then(() => {}),
    )
    await act?.(page)
    await page.getByText(says).waitFor()
    await page.waitForFunction(async () =>
      (await window.diagnose()).findings.every(({ code }) => !/paused|waiting/.test(code)),
    )
    const path = `${FOLDER}panel-${name}.png`
    await page.screenshot({ path })
    console.log(path)
    await visitor.close()
  }
} finally {
  await stage.close()
}
