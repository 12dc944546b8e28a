import { collectErrors, isOfLeaving } from '@retention-bridge/sandbox'
import type { Browser, Page } from 'playwright-core'
import type { bridge } from '../src/bridge.ts'
import { DEMO_CUSTOMERS } from '../src/customers.ts'

declare global {
  interface Window {
    /** The page's one bridge. */
    retention_bridge?: typeof bridge
  }
}

/** Somebody with a browser of their own, in the shop. */
export interface Visit {
  page: Page
  /** Errors of the pages, and whatever the bridge has to complain about. */
  complaints: string[]
  open(path: string): Promise<void>
  /** One more window of the same browser. */
  secondPage(path: string): Promise<Page>
  add(productId: string): Promise<void>
  signIn(firstName: string): Promise<void>
  logOut(): Promise<void>
  /** From the first step of the checkout to the choice of a card. */
  goToPayment(): Promise<void>
  pay(card: 'pays' | 'declined'): Promise<void>
  close(): Promise<void>
}

export async function visitShop(browser: Browser, shopUrl: string): Promise<Visit> {
  const context = await browser.newContext()
  const complaints: string[] = []
  collectErrors(context, complaints)
  context.on('console', message => {
    const text = message.text()
    if (isOfLeaving(text)) return
    if (message.type() === 'error' || text.startsWith('[retention-bridge]')) complaints.push(text)
  })
  const page = await context.newPage()
  const address = (path: string) => new URL(path, shopUrl).href

  return {
    page,
    complaints,
    async open(path) {
      await page.goto(address(path))
    },
    async secondPage(path) {
      const second = await context.newPage()
      await second.goto(address(path))
      return second
    },
    async add(productId) {
      await page.goto(address(`/product.html?id=${productId}`))
      await page.getByRole('button', { name: 'Add to cart' }).click()
      await page.getByText('is in your cart').waitFor()
      // Nobody leaves before the vendors' scripts are there: what waits for them is lost with the page.
      await page.evaluate(() => window.retention_bridge?.flush())
    },
    async signIn(firstName) {
      await page.goto(address('/account.html'))
      await page.getByRole('button', { name: `Fill in ${firstName}` }).click()
      await page.locator('#sign-in').getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('heading', { name: `Hello, ${firstName}` }).waitFor()
      // Firefox takes two ways to one address for one that is interrupted.
      await page.waitForLoadState()
    },
    async logOut() {
      await page.goto(address('/account.html'))
      await page.getByRole('button', { name: 'Log out' }).click()
      await page.waitForURL(shopUrl)
      await page.getByRole('link', { name: 'Sign in' }).waitFor()
    },
    async goToPayment() {
      await page.goto(address('/checkout.html'))
      await page.getByRole('button', { name: 'Continue to shipping' }).click()
      await page.getByRole('button', { name: 'Continue to payment' }).click()
      await page.getByRole('heading', { name: 'How do you pay?' }).waitFor()
    },
    async pay(card) {
      await page.locator(`[name=card][value=${card}]`).check()
      await page.getByRole('button', { name: /^Pay/ }).click()
      if (card === 'pays') await page.getByRole('heading', { name: 'Thank you' }).waitFor()
      else await page.getByText('Your bank declined this card').waitFor()
    },
    close: () => context.close(),
  }
}

export function customerCalled(firstName: string) {
  const customer = DEMO_CUSTOMERS.find(known => known.firstName === firstName)
  if (!customer) throw new Error(`no demo customer ${firstName}`)
  return customer
}
