import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkoutSetup, checkoutStore, held } from './checkout-stage.ts'
import { openBesideVendors, settle } from './identity-stage.ts'
import { openPage, openStage, type Stage, settled } from './stage.ts'

/** Wrong calls, no consent, no storage: a checkout breaks nothing and leaves nothing. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const open = async (setup: string, build: 'production' | 'development' = 'production') => {
  const store = checkoutStore(stage)
  return { store, ...(await openPage(await stage.visitor(), store.url({ setup, build }))) }
}

test('what is wrong is left out with one warning, and throws nothing', async () => {
  const { store, page, problems, warnings } = await open(
    checkoutSetup('', '', '/dist/development'),
    'development',
  )
  const replies = await page.evaluate(async () => {
    const checkout = window.checkout as unknown as Record<string, (given?: unknown) => Promise<unknown>>
    const hostile = {
      get code() {
        throw new Error('hostile')
      },
    }
    for (let twice = 0; twice < 2; twice++) {
      await checkout.started?.({ total: -1, currency: 'XXY' })
      await checkout.step?.('')
      await checkout.step?.({})
      await checkout.step?.('x'.repeat(101))
      await checkout.paymentFailed?.(hostile)
      await checkout.paymentFailed?.()
      await checkout.completed?.({ total: 1, currency: 'USD' })
    }
    const nearly = { email: '@.'.repeat(1e6) }
    return [
      await checkout.contact?.({ email: 'nobody' }),
      await checkout.contact?.(),
      await checkout.contact?.(nearly),
    ]
  })
  expect(replies).toMatchObject([{ outcome: 'refused' }, { outcome: 'refused' }, { outcome: 'refused' }])
  await settled(page, store)
  expect(held(store)).toMatchObject({ anonymous: [['checkout_started']], people: [], violations: [] })
  const said = store.customerio.view().anonymous[0]?.events[0]
  expect(said?.properties).not.toHaveProperty('total')
  expect(said?.properties).not.toHaveProperty('currency')
  const fields = ['total', 'currency', 'step', 'paymentFailed', 'paymentFailed.code', 'completed.orderId']
  for (const field of fields)
    expect(
      warnings.filter(text => text.includes(` checkout.${field}:`)),
      field,
    ).toHaveLength(1)
  expect(warnings.join()).not.toMatch(/nobody|XXY|hostile/)
  expect(problems).toEqual([])
})

describe('storage', () => {
  test('without consent nothing is stored or sent; what was held goes out with it', async () => {
    const store = checkoutStore(stage)
    const setup = checkoutSetup(undefined, "consent: 'pending',")
    const { page } = await openBesideVendors(await stage.visitor(), store.url({ setup }))
    await page.evaluate(() => window.checkout.contact({ email: 'ada@example.com' }))
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain(
      'ada',
    )
    // What reaches both without the bridge has arrived.
    await settle(page, store)
    expect(store.customerio.view().calls.filter(({ name }) => !name?.startsWith('settled_'))).toEqual([])
    await page.evaluate(() => window.bridge.setConsent('granted'))
    await settled(page, store)
    const all = ['checkout_started', 'checkout_step']
    const people = [{ email: 'ada@example.com', events: all }]
    expect(held(store, all)).toMatchObject({ sessions: [[null, all]], people })
  })

  test.each([
    [
      'denied',
      `for (const name of ['getItem', 'setItem']) {
        const real = Storage.prototype[name]
        Storage.prototype[name] = function (key, text) {
          if (key === 'rb_checkout') throw new Error('denied')
          return real.call(this, key, text)
        }
      }`,
    ],
    ['damaged', "sessionStorage.setItem('rb_checkout', '{\"seen\":7}')"],
  ])('%s: this page still counts each moment once', async (_, before) => {
    const store = checkoutStore(stage)
    const { page, problems } = await openPage(
      await stage.visitor(),
      store.url({ before, setup: checkoutSetup() }),
    )
    await page.evaluate(() => {
      for (let twice = 0; twice < 2; twice++) {
        window.checkout.started()
        window.checkout.step('shipping')
        window.checkout.completed({ orderId: 'A-4', total: 1, currency: 'USD' })
      }
    })
    await settled(page, store)
    const all = ['checkout_started', 'checkout_step', 'order_completed']
    expect(held(store, all)).toMatchObject({ sessions: [[null, all]], anonymous: [all] })
    expect(problems).toEqual([])
  })
})

test('a support agent who acts as the customer leaves no trace', async () => {
  const { store, page } = await open(checkoutSetup('bridge.impersonate(true); checkout.started()'))
  await page.evaluate(() => window.checkout.completed({ orderId: 'A-5', total: 1, currency: 'USD' }))
  expect(await page.evaluate(() => sessionStorage.getItem('rb_checkout'))).toBeNull()
  await page.evaluate(() => window.bridge.impersonate(false))
  await settled(page, store)
  expect(held(store)).toMatchObject({ sessions: [[null, []]], people: [], anonymous: [] })
})
