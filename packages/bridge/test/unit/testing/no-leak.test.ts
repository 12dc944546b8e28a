import { afterEach, expect, test } from 'vitest'
import { expectNoLeak, settled } from '../../../src/testing/index.ts'
import { leavePage } from '../page.ts'
import { messageOf, openPage } from './test-page.ts'

afterEach(leavePage)

const ada = { id: 'ada', values: { vip_tier: 'gold', email: 'ada@example.com' }, events: ['viewed_offer'] }
const bob = { id: 'bob' }

test('one person after another: nothing is shared', async () => {
  const page = openPage()
  page.bridge.identify('ada', { traits: { email: 'ada@example.com' }, flags: { vip_tier: 'gold' } })
  page.bridge.track('viewed_offer')
  page.bridge.identify('bob', { traits: { email: 'bob@example.com' }, flags: { vip_tier: 'none' } })
  page.bridge.track('viewed_cart')
  await settled(page)
  expectNoLeak(page, ada, bob)
  expectNoLeak(page, bob, ada)
  page.bridge.logout()
  await settled(page)
  expectNoLeak(page, bob, { id: null })
  expect(page).toHaveNoLeak(ada, { id: null })
})

test('a value, an event: what was said of the one and is held of the other', async () => {
  const page = openPage()
  page.bridge.identify('bob', { traits: { email: 'ada@example.com' }, flags: { vip_tier: 'gold' } })
  page.bridge.track('viewed_offer', { n: 1 })
  await settled(page)
  expect(messageOf(() => expectNoLeak(page, ada, bob))).toBe(
    `What is of "ada" has come to "bob"
  + FullStory: vip_tier = "gold"
  + FullStory: event viewed_offer {"n":1}
  + Customer.io: email = "ada@example.com"
  + Customer.io: event viewed_offer {"n":1}`,
  )
  // Said of both.
  expectNoLeak(page, ada, { ...bob, values: ada.values, events: ada.events })
})

test('what the vendors hold of both: values, events, an anonymous id', async () => {
  const { fullstory, customerio } = openPage()
  const anonymousId = customerio.user().anonymousId() as string
  await customerio.identify('ada', { tier: 'gold', off: false, none: null })
  await customerio.track('viewed', { n: 1 })
  customerio.reset()
  customerio.setAnonymousId(anonymousId)
  await customerio.identify('bob', { tier: 'gold', off: false, none: null })
  await customerio.track('viewed', { n: 1 })
  await customerio.track('viewed', { n: 2 })
  expect(messageOf(() => expectNoLeak({ fullstory, customerio }, { id: 'ada' }, bob)).split('\n')).toEqual([
    'What is of "ada" has come to "bob"',
    '  + Customer.io: tier = "gold"',
    '  + Customer.io: event viewed {"n":1}',
    `  + Customer.io: anonymous id ${anonymousId}`,
  ])
})
