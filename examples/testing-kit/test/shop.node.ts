import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { Window } from 'happy-dom'
import {
  createCustomerIo,
  createFullStory,
  expectEvent,
  expectNoViolations,
  expectOneIdentity,
  settled,
} from 'retention-bridge/testing'
import { createShop } from '../src/shop.ts'

// The bridge does nothing where there is no page: this is one.
const window = new Window({ url: 'https://shop.example/' })
for (const name of ['document', 'location', 'localStorage', 'sessionStorage'] as const)
  Object.defineProperty(globalThis, name, { value: window[name], configurable: true })
Object.assign(globalThis, { window })

afterEach(() => localStorage.clear())

test('what somebody did before they signed in is theirs, in both tools', async () => {
  const fullstory = createFullStory()
  const customerio = createCustomerIo()
  const { bridge, view, signIn } = createShop({ fullstory, customerio })
  view('teapot')
  signIn({ id: 'cust_1', email: 'ada@example.com', tier: 'gold' })
  await settled({ bridge, fullstory, customerio })
  expectOneIdentity({ bridge, fullstory, customerio }, 'cust_1')
  for (const tool of [fullstory, customerio]) expectEvent(tool, 'product_viewed', { sku: 'teapot' }, 'cust_1')
  expectNoViolations(fullstory, customerio)
  bridge.destroy()
})

test('an expectation that is not met says why', () => {
  const fullstory = createFullStory()
  assert.throws(() => expectOneIdentity({ fullstory }, 'cust_1'), /- FullStory, this page +"cust_1"/)
})
