import { Analytics } from '@customerio/cdp-analytics-browser'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { attach, pipelines } from '../../../src/customerio/pipelines.ts'
import { forgetVisitor } from '../page.ts'

/** The vendor's own SDK, with a destination that keeps what it would send. */
const open = async () => {
  const sdk = new Analytics({ writeKey: 'test' })
  const sent: unknown[][] = []
  const keep = (context: { event: { type: string; userId?: unknown; event?: unknown } }) => {
    const { type, userId, event } = context.event
    sent.push([type, ...(event === undefined ? [] : [event]), userId ?? null])
    return context as never
  }
  await sdk.register({
    name: 'kept',
    type: 'destination',
    version: '1',
    isLoaded: () => true,
    load: () => Promise.resolve(),
    identify: keep,
    track: keep,
  })
  return { sdk, sent, vendor: pipelines(sdk, window) }
}
type Opened = Awaited<ReturnType<typeof open>>

const identify = ({ vendor }: Opened, id: string, properties: Record<string, unknown> = {}) =>
  vendor.identify({ kind: 'identify', n: 0, id, properties, types: {} })
const reset = ({ vendor }: Opened) => vendor.reset({ kind: 'reset', n: 0, properties: {}, types: {} })
const track = ({ vendor }: Opened, name: string, properties = {}) =>
  vendor.track({ kind: 'track', n: 0, name, properties, types: {} })

beforeEach(forgetVisitor)
afterEach(forgetVisitor)

test('answers what the SDK answers', async () => {
  const opened = await open()
  const { sdk, vendor } = opened
  expect(vendor.read()).toEqual({ id: null, anonymousId: sdk.user().anonymousId() })
  await identify(opened, 'cust_1')
  expect(vendor.read()).toEqual({ id: 'cust_1', anonymousId: sdk.user().anonymousId() })
  sdk.reset()
  expect(vendor.read().id).toBeNull()
})

describe('identify', () => {
  test('keeps the anonymous id, which joins the visitor’s past to the person', async () => {
    const opened = await open()
    const { anonymousId } = opened.vendor.read()
    await identify(opened, 'cust_1', { first_name: 'Ada' })
    expect(opened.vendor.read()).toEqual({ id: 'cust_1', anonymousId })
    expect(opened.sdk.user().traits()).toEqual({ first_name: 'Ada' })
    expect(opened.sent).toEqual([['identify', 'cust_1']])
  })

  test.each<[what: string, traits: Record<string, unknown>, calls: number]>([
    ['nothing new', { first_name: 'Ada', address: { city: 'Paris' } }, 1],
    ['less than before', { first_name: 'Ada' }, 1],
    ['no traits', {}, 1],
    ['a changed trait', { first_name: 'Grace' }, 2],
    ['a change inside a trait', { address: { city: 'London' } }, 2],
    ['a new trait', { plan: 'pro' }, 2],
  ])('of the same person with %s: %#', async (_, traits, calls) => {
    const opened = await open()
    await identify(opened, 'cust_1', { first_name: 'Ada', address: { city: 'Paris' } })
    await identify(opened, 'cust_1', traits)
    expect(opened.sent).toHaveLength(calls)
  })

  test('of the same person on the next page is not sent again', async () => {
    await identify(await open(), 'cust_1', { first_name: 'Ada' })
    const nextPage = await open()
    await identify(nextPage, 'cust_1', { first_name: 'Ada' })
    expect(nextPage.vendor.read().id).toBe('cust_1')
    expect(nextPage.sent).toEqual([])
  })

  test('of somebody else begins with a new anonymous id and none of the traits', async () => {
    const opened = await open()
    await identify(opened, 'cust_1', { first_name: 'Ada', plan: 'pro' })
    const { anonymousId } = opened.vendor.read()
    let resets = 0
    opened.sdk.on('reset', () => resets++)
    await identify(opened, 'cust_2', { first_name: 'Grace' })
    expect(opened.vendor.read().id).toBe('cust_2')
    expect(opened.vendor.read().anonymousId).not.toBe(anonymousId)
    expect(opened.sdk.user().traits()).toEqual({ first_name: 'Grace' })
    expect(resets).toBe(1)
    expect(opened.sent).toEqual([
      ['identify', 'cust_1'],
      ['identify', 'cust_2'],
    ])
  })

  test('notices an id that the page set or cleared itself', async () => {
    const opened = await open()
    await identify(opened, 'cust_1')
    opened.sdk.reset()
    await identify(opened, 'cust_1')
    expect(opened.vendor.read().id).toBe('cust_1')
    expect(opened.sent).toHaveLength(2)
  })
})

describe('reset', () => {
  test('forgets the person', async () => {
    const opened = await open()
    await identify(opened, 'cust_1', { first_name: 'Ada' })
    const { anonymousId } = opened.vendor.read()
    reset(opened)
    expect(opened.vendor.read().id).toBeNull()
    expect(opened.vendor.read().anonymousId).not.toBe(anonymousId)
    expect(opened.sdk.user().traits()).toEqual({})
  })

  test('leaves an anonymous visitor’s past alone', async () => {
    const opened = await open()
    const before = opened.vendor.read()
    reset(opened)
    expect(opened.vendor.read()).toEqual(before)
  })
})

test('events go to whoever is there', async () => {
  const opened = await open()
  await track(opened, 'product_viewed')
  await identify(opened, 'cust_1')
  await track(opened, 'checkout_started')
  reset(opened)
  await track(opened, 'page_left')
  expect(opened.sent).toEqual([
    ['track', 'product_viewed', null],
    ['identify', 'cust_1'],
    ['track', 'checkout_started', 'cust_1'],
    ['track', 'page_left', null],
  ])
})

test('flags are not sent: Customer.io knows them first', async () => {
  const opened = await open()
  await opened.vendor.update({ kind: 'update', n: 0, properties: { vip: true }, types: { vip: 'bool' } })
  await track(opened, 'last')
  expect(opened.sent).toEqual([['track', 'last', null]])
  expect(opened.sdk.user().traits()).toEqual({})
})

describe('another tab’s SDK writes back who has left', () => {
  // Who has left is kept away for a while, in which a busy machine may not come to the end of a test.
  beforeEach(() => {
    vi.spyOn(Date, 'now').mockReturnValue(Date.now())
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  const write = (id: string, anonymousId: unknown) => {
    localStorage.setItem('ajs_user_id', JSON.stringify(id))
    localStorage.setItem('ajs_anonymous_id', JSON.stringify(anonymousId))
  }
  const leave = async () => {
    const opened = await open()
    await identify(opened, 'A')
    const before = opened.vendor.read()
    reset(opened)
    return { ...opened, before, after: opened.vendor.read() }
  }

  test('nobody is answered, and nothing is said as them', async () => {
    const { vendor, sdk, before, after } = await leave()
    expect(after.anonymousId).not.toBe(before.anonymousId)
    write('A', before.anonymousId)
    expect(vendor.read()).toEqual(after)
    expect(sdk.user().id()).toBeNull()
  })

  test('the person who came instead is answered', async () => {
    const opened = await leave()
    await identify(opened, 'B')
    const now = opened.vendor.read()
    write('A', opened.before.anonymousId)
    expect(opened.vendor.read()).toEqual(now)
    expect(opened.sdk.user().id()).toBe('B')
  })

  test('and so on when the page’s own reset was it', async () => {
    const opened = await open()
    await identify(opened, 'A')
    const before = opened.vendor.read()
    await opened.sdk.reset()
    const after = opened.vendor.read()
    write('A', before.anonymousId)
    expect(opened.vendor.read()).toEqual(after)
    expect(after.anonymousId).not.toBe(before.anonymousId)
  })

  test('also not to the page or the SDK, who ask for themselves', async () => {
    const opened = await leave()
    write('A', opened.after.anonymousId)
    await opened.sdk.track('browsed')
    expect(opened.sent.at(-1)).toEqual(['track', 'browsed', null])
    write('A', opened.after.anonymousId)
    await opened.sdk.identify('B')
    expect(opened.vendor.read()).toEqual({ id: 'B', anonymousId: opened.after.anonymousId })
  })

  test('who comes by an identify of the page’s own is believed', async () => {
    const opened = await leave()
    await opened.sdk.identify('B')
    write('A', opened.after.anonymousId)
    expect(opened.sdk.user().id()).toBe('B')
    await opened.sdk.identify('A')
    expect(opened.sdk.user().id()).toBe('A')
  })

  test('before the SDK has renewed the anonymous id: it is renewed all the same', async () => {
    const opened = await open()
    await identify(opened, 'A')
    const { anonymousId } = opened.vendor.read()
    const { reset: original } = opened.sdk
    opened.sdk.reset = () => {
      original.call(opened.sdk)
      localStorage.setItem('ajs_anonymous_id', JSON.stringify(anonymousId))
      return Promise.resolve() as never
    }
    reset(opened)
    expect(opened.vendor.read().anonymousId).not.toBe(anonymousId)
  })

  test('who comes back by identify is believed', async () => {
    const opened = await leave()
    await identify(opened, 'A')
    expect(opened.vendor.read().id).toBe('A')
  })

  test('a cookie that the browser has not deleted yet, as WebKit', async () => {
    const { sdk, sent } = await leave()
    // biome-ignore lint/suspicious/noDocumentCookie: as the SDK does
    document.cookie = 'ajs_user_id=A; path=/'
    await sdk.track('browsed')
    expect(sent.at(-1)).toEqual(['track', 'browsed', null])
    expect(document.cookie).not.toContain('ajs_user_id')
  })

  test('and so is everybody, two seconds later', async () => {
    const { vendor, before } = await leave()
    vi.mocked(Date.now).mockReturnValue(Date.now() + 2_001)
    write('A', before.anonymousId)
    expect(vendor.read().id).toBe('A')
  })
})

test.each([
  ['an `AnalyticsBrowser`', (sdk: unknown) => Promise.resolve([sdk, {}])],
  [
    'a loaded SDK',
    (sdk: object) => ({ ...sdk, ready: (callback: () => void) => Promise.resolve().then(callback) }),
  ],
])('%s that breaks when it is asked is none, and nobody hears of it (HARMLESS)', async (_what, given) => {
  const broken = {
    on: () => {},
    user: () => {
      throw new Error('broken')
    },
  }
  const turned = vi.fn()
  attach(given(broken), turned, () => {}, window as never)
  await vi.waitFor(() => expect(turned).toHaveBeenCalledWith('blocked', 'Error: broken'))
})
