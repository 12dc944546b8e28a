import { can } from '@retention-bridge/sandbox'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrived, click, collected, openFrictionStage } from './friction-stage.ts'
import { holdScripts, openPage } from './stage.ts'

/** What is loaded, and listened to, when. */
let stage: Awaited<ReturnType<typeof openFrictionStage>>
beforeAll(async () => {
  stage = await openFrictionStage()
})
afterAll(() => stage.close())

const open = async (consent: string) => {
  const visitor = await stage.visitor()
  const files: string[] = []
  visitor.on('request', request => {
    const [, file] = request.url().split('/chunks/judge-')
    if (file) files.push(file)
  })
  const setup = `const { watchFriction } = await import('/dist/friction/index.js')
    window.bridge = createBridge({ customerio: false, consent: '${consent}', flags: {} })
    watchFriction(bridge)
    document.body.innerHTML = '<p>Hat</p><form><input><button type="button">Send</button></form>'`
  const { page } = await openPage(visitor, stage.store().url({ setup, customerio: false }))
  return { page, files }
}

/** Waits until the page has handled what was done, and what it asks for by that is known here. */
const handled = (page: Page) =>
  page.evaluate("new Promise(resolve => setTimeout(resolve)).then(() => fetch('/blank')).then(() => {})")

/** Waits until a file that the library has asked for has run, and listens. */
const hasRun = (page: Page, file: string) =>
  page.evaluate(
    `import('/dist/chunks/judge-${file}').then(() => new Promise(resolve => setTimeout(resolve)))`,
  )

test('nothing before consent; with it what judges clicks', async () => {
  const { page, files } = await open('pending')
  await handled(page)
  expect(files).toEqual([])
  await page.evaluate(() => window.bridge.setConsent('granted'))
  await expect.poll(() => files).toEqual(['clicks.js'])
})

test('what judges forms and the checkout, when a form is used', async () => {
  const { page, files } = await open('granted')
  await expect.poll(() => files).toEqual(['clicks.js'])
  await hasRun(page, 'clicks.js')
  await click(page, 'p', 3)
  await page.evaluate(() => history.pushState(null, '', '/products/hat'))
  await handled(page)
  expect(files).toEqual(['clicks.js'])
  await expect
    .poll(async () => {
      await click(page, 'input')
      return files
    })
    .toEqual(['clicks.js', 'checkout.js'])
})

test('the same, when the page is in the checkout, also by a route', async () => {
  const { page, files } = await open('granted')
  await expect.poll(() => files).toEqual(['clicks.js'])
  await expect
    .poll(async () => {
      await page.evaluate(() => history.pushState(null, '', '/checkout/contact'))
      // Where no route is heard of, the next click is.
      if (!can('navigation-api')) await click(page, 'p')
      return files
    })
    .toEqual(['clicks.js', 'checkout.js'])
})

test('a key that is held down while that file is on its way sends the form once', async () => {
  const store = stage.store()
  const visitor = await stage.visitor()
  const release = await holdScripts(visitor, ['**/judge-checkout.js'])
  const setup = `const { watchFriction } = await import('/dist/friction/index.js')
    window.bridge = createBridge({ customerio: false, flags: {} })
    watchFriction(bridge)
    await bridge.ready({ timeout: 15_000 })
    document.body.innerHTML = '<form id="login"><input value="a"><button>Log in</button></form>'
    document.querySelector('form').onsubmit = event => event.preventDefault()`
  const { page } = await openPage(visitor, store.url({ setup, customerio: false }))
  await hasRun(page, 'clicks.js')
  const asked = page.waitForRequest(/judge-checkout/)
  await page.focus('input')
  for (let time = 0; time < 6; time++) await page.keyboard.down('Enter')
  await asked
  release()
  await hasRun(page, 'checkout.js')
  // Sent two times more by hand, that makes three.
  await page.keyboard.up('Enter')
  await page.keyboard.press('Enter')
  await arrived(page, store)
  expect(collected(store)).toEqual([])
  await page.keyboard.press('Enter')
  await expect.poll(() => collected(store)).toEqual(['repeated_submit'])
})

test('a file that does not come leaves the page as it is', async () => {
  const visitor = await stage.visitor()
  await visitor.route('**/judge-*.js', route => route.abort())
  const setup = `const { watchFriction } = await import('/dist/friction/index.js')
    window.bridge = createBridge({ customerio: false, flags: {} })
    watchFriction(bridge)
    await import('/dist/chunks/judge-clicks.js').catch(() => {})
    await bridge.ready()`
  const { page, problems } = await openPage(visitor, stage.store().url({ setup, customerio: false }))
  await page.evaluate(() => window.bridge.track('still_here'))
  expect(problems).toEqual([])
})
