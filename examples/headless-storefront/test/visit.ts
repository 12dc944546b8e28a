import { collectErrors, isOfLeaving } from '@retention-bridge/sandbox'
import type { Browser } from 'playwright-core'
import type { StoreBridge } from '../src/retention/bridge.ts'

declare global {
  interface Window {
    /** The page's one bridge. */
    retention_bridge?: StoreBridge
  }
}

/** Somebody with a browser of their own, in the shop: one document, through which the router leads. */
export async function visitHeadlessShop(browser: Browser, shopUrl: string) {
  const context = await browser.newContext()
  const complaints: string[] = []
  /** Addresses of other origins than the shop's. */
  const elsewhere: string[] = []
  collectErrors(context, complaints)
  context.on('console', message => {
    const text = message.text()
    if (isOfLeaving(text)) return
    if (message.type() === 'error' || text.startsWith('[retention-bridge]')) complaints.push(text)
  })
  context.on('request', request => {
    if (request.url().startsWith('http') && !request.url().startsWith(shopUrl)) elsewhere.push(request.url())
  })
  const page = await context.newPage()
  await page.goto(shopUrl)
  await page.getByRole('heading', { name: 'Made to be used' }).waitFor()

  const go = async (link: string, heading: string) => {
    await page.getByRole('link', { name: link }).click()
    await page.getByRole('heading', { name: heading }).waitFor()
  }
  return {
    page,
    context,
    complaints,
    elsewhere,
    toHome: () => go('Kiln Street', 'Made to be used'),
    toProduct: (name: string) => go(name, name),
    toCart: () => go('Cart', 'Your cart'),
    answer: (answer: 'Yes' | 'No' | 'Not any more') =>
      page.getByRole('button', { name: answer, exact: true }).click(),
    async addToCart() {
      await page.getByRole('button', { name: 'Add to cart' }).click()
      await page.getByText('is in your cart').waitFor()
    },
    async logIn() {
      await go('Sign in', 'Sign in')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor()
    },
    async logOut() {
      await go('Ada', 'Hello, Ada')
      await page.getByRole('button', { name: 'Log out' }).click()
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    },
    checkOut: async () => {
      await page.getByRole('button', { name: 'Check out' }).click()
      await page.getByRole('heading', { name: "Shopify's checkout" }).waitFor()
    },
    status: () => page.evaluate(() => window.retention_bridge?.status()),
    /** Both vendors are there, and have been told everything so far. */
    said: () =>
      page.waitForFunction(() => {
        const { vendors } = window.retention_bridge?.status() ?? {}
        return vendors && Object.values(vendors).every(({ state, held }) => state === 'ready' && !held)
      }),
  }
}
