import fc from 'fast-check'
import { test } from 'vitest'
import { readCarry } from '../../src/carry/index.ts'
import { initCheckout } from '../../src/checkout/index.ts'
import { cookieConsent, gpcConsent, shopifyConsent } from '../../src/consent/index.ts'
// Loaded before the clock is faked: what is asked for later is there after some microtasks.
import '../../src/customerio/find-in-app.ts'
import '../../src/customerio/find-inbox.ts'
import { inboxFlags } from '../../src/inbox/index.ts'
import { setUp } from '../../src/script-tag/set-up.ts'
import { campaignFlags, pageFlags } from '../../src/sources/index.ts'
import { expectGoesOn, type FuzzPage, flags, leaveFuzzPage, openFuzzPage, pass, prepareFuzz } from './page.ts'
import { cases, run, SEED } from './run.ts'
import { CANARY, text, wildObject } from './values.ts'

prepareFuzz('storage, address, page and inbox')

const setAddress = (url: string) =>
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(url)

/** What there is of the page's own, and is nobody's business. */
const strew = () => {
  setAddress('https://shop.example/')
  localStorage.setItem('shop', `${CANARY} of the shop`)
  // biome-ignore lint/suspicious/noDocumentCookie: as pages set it.
  document.cookie = `session=${CANARY}; path=/`
  document.body.innerHTML = `<input value="${CANARY}"><p title="${CANARY}">${CANARY}</p>`
}

const fuzz = <Given>(
  name: string,
  given: fc.Arbitrary<Given>,
  open: (given: Given) => FuzzPage | Promise<FuzzPage>,
  share = 0.25,
) =>
  test(name, async () => {
    const one = async (value: Given) => {
      leaveFuzzPage()
      strew()
      const pages: (FuzzPage | Promise<FuzzPage>)[] = []
      await run(name, () => void pages.push(open(value)))
      await pass(1000)
      const page = (await pages[0]) as FuzzPage
      await pass(5000)
      await expectGoesOn(page, 30_000)
    }
    await fc.assert(fc.asyncProperty(given, one), { seed: SEED, numRuns: cases(share) })
  }, 600_000)

const LOCAL = ['retention_bridge', 'rb_carry', 'ajs_user_traits', 'gist.web.userToken']

fuzz(
  'localStorage and sessionStorage',
  fc.tuple(fc.constantFrom(...LOCAL), text, text),
  ([key, stored, other]) => {
    localStorage.setItem(key, stored)
    localStorage.setItem('retention_bridge', other)
    sessionStorage.setItem('rb_checkout', stored)
    const page = openFuzzPage()
    const checkout = initCheckout(page.bridge)
    checkout.started({ total: 10, currency: 'USD' })
    checkout.step('payment')
    return page
  },
)

fuzz('what another tab stores', fc.array(text, { minLength: 1, maxLength: 3 }), texts => {
  const page = openFuzzPage()
  page.bridge.identify('cust_1')
  for (const stored of texts) {
    localStorage.setItem('retention_bridge', stored)
    window.dispatchEvent(Object.assign(new Event('storage'), { key: 'retention_bridge', newValue: stored }))
    page.bridge.setFlags({ purchase_count: 1 } as never)
  }
  return page
})

const PARAMETERS = [
  'rb_carry',
  'utm_source',
  'cio_flow',
  'cio_variant',
  'ajs_uid',
  'ajs_event',
  'vip',
  '__proto__',
]
const parameter = fc.tuple(
  fc.constantFrom(...PARAMETERS),
  fc.oneof(
    text,
    fc.tuple(fc.nat(), fc.string(), text).map(([end, once, id]) => `1.${end}.${once}.anon.${id}`),
    fc.string().map(once => `1.${Date.now() + 60_000}.${once}..cust_1`),
  ),
)
fuzz('the address', fc.array(parameter, { maxLength: 4 }), parameters => {
  const address = new URL('https://shop.example/?other=1')
  for (const [name, value] of parameters) address.searchParams.append(name, value)
  setAddress(address.href)
  const page = openFuzzPage()
  readCarry(page.bridge)
  campaignFlags(page.bridge, {
    flags,
    parameters: { vip: 'vip_tier', ajs_uid: 'cart_flow_variant' },
    remove: true,
  })
  return page
})

fuzz(
  'flags in the page',
  fc.tuple(fc.array(text, { maxLength: 3 }), fc.option(text, { nil: undefined })),
  ([texts, id]) => {
    for (const content of texts) {
      const tag = document.createElement('script')
      tag.type = 'application/json'
      tag.dataset.retentionFlags = ''
      if (id !== undefined) tag.dataset.retentionId = id
      tag.textContent = content
      document.body.append(tag)
    }
    const page = openFuzzPage()
    page.bridge.identify('cust_1')
    pageFlags(page.bridge)
    return page
  },
)

fuzz(
  'the configuration in the page, and calls that wait',
  fc.tuple(text, fc.array(wildObject, { maxLength: 3 })),
  ([content, calls]) => {
    const shop = window as unknown as { retentionBridge?: unknown; RetentionBridge?: unknown }
    shop.retentionBridge = calls.map(({ make }) => ['setFlags', make()])
    const tag = document.createElement('script')
    tag.type = 'application/json'
    tag.dataset.retentionBridge = ''
    tag.textContent = content
    document.body.append(tag)
    delete shop.RetentionBridge
    setUp()
    // Whatever was configured: the page's own bridge is another one.
    const made = window.retention_bridge as { destroy(): void } | undefined
    made?.destroy()
    delete shop.retentionBridge
    return openFuzzPage()
  },
)

fuzz('cookies that mean consent', fc.tuple(text, text), ([name, value]) => {
  // biome-ignore lint/suspicious/noDocumentCookie: as banners set it.
  document.cookie = `consent=${value.replace(/[;\s\0]/g, '')}; path=/`
  const sources = [
    cookieConsent({ name, granted: value }),
    cookieConsent({ name: 'consent', granted: /yes/ }),
    gpcConsent(),
    shopifyConsent(),
  ]
  const lifetime = new AbortController()
  for (const source of sources) source(() => {}, lifetime.signal)
  lifetime.abort()
  return openFuzzPage()
})

fuzz('messages of the inbox', fc.array(wildObject, { minLength: 1, maxLength: 3 }), async messages => {
  const page = openFuzzPage()
  const { bridge, customerio } = page
  bridge.identify('cust_1')
  const inbox = {
    messages: async () =>
      messages.map(({ make }, place) => ({
        messageId: `m${place}`,
        opened: false,
        sentAt: new Date(),
        markOpened: async () => {},
        markDeleted: async () => {},
        ...Object.defineProperties({}, Object.getOwnPropertyDescriptors(Object(place ? make() : {}))),
        ...(place ? {} : { properties: make() }),
      })),
    onUpdates: () => () => {},
  }
  await pass(1000)
  const end = inboxFlags(bridge, { flags, customerio: { ...customerio, inbox: () => inbox } as never })
  await pass(2000)
  end()
  return page
})
