import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { goInHistory } from '@retention-bridge/sandbox'
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageRoot } from '../../scripts/entry-points.ts'
import { rage } from './friction-stage.ts'
import { ADA, expectHoldings, settle } from './identity-stage.ts'
import { names, openPage, openStage, type PageChoice, type Stage, type Store } from './stage.ts'

/** A page that has the library by its script tag alone: configured by JSON, without a line of code. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const FLAGS = {
  vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'], aliases: ['VIP'] },
  purchase_count: { type: 'int' },
}
const VISITOR = { id: 'A', traits: ADA, flags: { VIP: 'gold' } }
const json = (config: unknown) =>
  `<script type="application/json" data-retention-bridge>${typeof config === 'string' ? config : JSON.stringify(config)}</script>`
const script = (attributes = '', file = '/dist/retention-bridge.iife.js') =>
  `<script async src="${file}" ${attributes}></script>`

/** Opens a page with these tags, and waits until it has a bridge that knows how both vendors are. */
const open = async (store: Store, tags: string, choice: PageChoice & { visitor?: BrowserContext } = {}) => {
  const { visitor = await stage.visitor(), ...more } = choice
  const opened = await openPage(visitor, store.url({ way: 'own tags', tags, ...more }))
  const { page } = opened
  await page.waitForFunction(() => {
    window.bridge = (window as never as { retention_bridge: typeof window.bridge }).retention_bridge
    return window.bridge?.status()
  })
  await page.evaluate(() => window.bridge.ready().then(() => {}))
  return { ...opened, visitor, settle: () => settle(page, store) }
}

const TOLD = {
  people: { A: { traits: ADA, events: [] as string[] } },
  sessions: [{ uid: 'A', events: [] as string[], flags: { vip_tier: 'gold' } }],
}
const told = (events: string[]) => ({
  people: { A: { ...TOLD.people.A, events } },
  sessions: [{ ...TOLD.sessions[0], events }],
})

describe('the configuration on the page', () => {
  test.each([
    ['before the vendors', `${json({ flags: FLAGS, visitor: VISITOR })}${script()}<!-- snippets -->`],
    ['after the vendors', `<!-- snippets -->${json({ flags: FLAGS, visitor: VISITOR })}${script()}`],
    ['after the script', `${script()}<!-- snippets -->${json({ flags: FLAGS, visitor: VISITOR })}`],
    [
      'twice by accident',
      `${json({ flags: FLAGS, visitor: VISITOR })}${script()}<!-- snippets -->${script()}`,
    ],
  ])('%s: the visitor is known, and has the flags', async (_, tags) => {
    const store = stage.store()
    const opened = await open(store, tags)
    await opened.settle()
    await expectHoldings(store, TOLD)
    expect(opened.problems).toEqual([])
  })

  test('calls of before it was loaded are made, in order, and later ones at once', async () => {
    const store = stage.store()
    const tags = `<script>
      window.retentionBridge = window.retentionBridge || []
      retentionBridge.push(['track', 'one'], ['setFlags', { purchase_count: 3 }])
      retentionBridge.push(['noMethod'], bridge => bridge.track('two'))
    </script>${json({ flags: FLAGS, visitor: VISITOR })}${script()}<!-- snippets -->`
    const opened = await open(store, tags)
    await opened.page.evaluate("retentionBridge.push(['track', 'three'])")
    await opened.settle()
    const { people } = told(['one', 'two', 'three'])
    await expectHoldings(store, {
      people,
      sessions: [
        { uid: 'A', events: ['one', 'two', 'three'], flags: { vip_tier: 'gold', purchase_count: 3 } },
      ],
    })
    expect(opened.problems).toEqual([])
  })

  test('by script instead: calls of before wait for createBridge', async () => {
    const store = stage.store()
    const tags = `<script>window.retentionBridge = [['track', 'one']]</script>
      <script src="/dist/retention-bridge.iife.js"></script><!-- snippets -->`
    const setup = `RetentionBridge.createBridge({ flags: RetentionBridge.defineFlags(${JSON.stringify(FLAGS)}) })
      retentionBridge.push(['identify', 'A', ${JSON.stringify({ traits: ADA, flags: { VIP: 'gold' } })}])`
    const opened = await open(store, tags, { setup })
    await opened.settle()
    await expectHoldings(store, told(['one']))
  })

  test('by attributes alone', async () => {
    const store = stage.store()
    const opened = await open(
      store,
      `${script('data-visitor-id="A" data-consent="granted"')}<!-- snippets -->`,
    )
    await opened.settle()
    await expectHoldings(store, { people: { A: {} }, sessions: [{ uid: 'A' }] })
  })

  test('attributes override the JSON: nothing without consent', async () => {
    const store = stage.store()
    const tags = `${json({ flags: FLAGS, visitor: VISITOR, consent: 'granted' })}${script('data-consent="pending"')}<!-- snippets -->`
    const opened = await open(store, tags)
    await opened.settle()
    await expectHoldings(store, { sessions: [{}] })
    await opened.page.evaluate(() => window.bridge.setConsent('granted'))
    await opened.settle()
    await expectHoldings(store, TOLD)
  })

  test.each([
    ['gpc', 'gpc', ''],
    [
      'cookie',
      { cookie: { name: 'banner', granted: '/stats:1/', denied: 'no' } },
      "document.cookie = 'banner=stats%3A1'",
    ],
  ])('consent by name: %s', async (_, consent, before) => {
    const store = stage.store()
    const opened = await open(
      store,
      `${json({ flags: FLAGS, visitor: VISITOR, consent })}${script()}<!-- snippets -->`,
      {
        before,
      },
    )
    await expect.poll(() => opened.page.evaluate(() => window.bridge.status().consent)).toBe('granted')
    await opened.settle()
    await expectHoldings(store, TOLD)
  })

  test('on another origin, which the page trusts by hash and nonce only', async () => {
    const store = stage.store()
    const file = await readFile(`${packageRoot}dist/retention-bridge.iife.js`)
    const integrity = `sha384-${createHash('sha384').update(file).digest('base64')}`
    const policy = "script-src 'nonce-n1' 'strict-dynamic'; object-src 'none'; base-uri 'none'"
    const url = new URL(store.url())
    url.hostname = '127.0.0.1'
    const tags = `<meta http-equiv="Content-Security-Policy" content="${policy}">
      ${json({ flags: FLAGS, visitor: VISITOR })}
      ${script(`crossorigin integrity="${integrity}"`, `${url.origin}/dist/retention-bridge.iife.js`)}<!-- snippets -->`
    const opened = await open(store, tags, { nonce: 'n1' })
    await opened.settle()
    await expectHoldings(store, TOLD)
    expect(opened.problems).toEqual([])
  })
})

describe('a configuration with mistakes', () => {
  const development = '/dist/development/retention-bridge.iife.js'

  test.each(['', '{', '"text"', '{ "flags": }'])(
    '%j leaves the page alone, and nothing is told',
    async text => {
      const store = stage.store()
      const opened = await open(store, `${json(text)}${script('', development)}<!-- snippets -->`)
      const { consent } = await opened.page.evaluate(() => window.bridge.status())
      if (text !== '"text"') {
        expect(consent).toBe('denied')
        expect(opened.warnings.join()).toContain('data-retention-bridge')
      }
      await opened.settle()
      await expectHoldings(store, { sessions: [{}] })
      expect(opened.problems).toEqual([])
    },
  )

  test('each names its field, and the rest works', async () => {
    const store = stage.store()
    const config = {
      flags: { ...FLAGS, tier: { type: 'text' }, 'Not A Name': { type: 'bool' } },
      identity: { key: 'phone' },
      important: '(',
      timeout: 'soon',
      unknown: 1,
      visitor: { ...VISITOR, flags: { VIP: 'gold', purchase_count: 'three' } },
    }
    const opened = await open(store, `${json(config)}${script('', development)}<!-- snippets -->`)
    await opened.settle()
    await expectHoldings(store, TOLD)
    const fields = await opened.page.evaluate(() => window.bridge.status().warnings.map(({ field }) => field))
    expect(fields.sort()).toEqual([
      'flags.Not A Name',
      'flags.tier',
      'identity.key',
      'purchase_count',
      'timeout',
      'unknown',
    ])
    expect(opened.problems).toEqual([])
  })

  test('consent that is no word is none', async () => {
    const store = stage.store()
    const config = { flags: FLAGS, visitor: VISITOR, consent: 'shopfy' }
    const opened = await open(store, `${json(config)}${script()}<!-- snippets -->`)
    await opened.settle()
    await expectHoldings(store, { sessions: [{}] })
  })
})

describe('who the server has rendered the page for', () => {
  const page = (visitor: unknown, more: object = {}) =>
    `${json({ flags: FLAGS, visitor, ...more })}${script()}<!-- snippets -->`
  const who = ({ page }: Awaited<ReturnType<typeof open>>) =>
    page.evaluate(() => window.bridge.status().identity)

  test('nobody, after somebody: a logout', async () => {
    const store = stage.store()
    const first = await open(store, page(VISITOR))
    await first.settle()
    const { visitor } = first
    await first.page.close()
    const second = await open(store, page({ id: null }), { visitor })
    await expect.poll(() => who(second)).toEqual({ state: 'anonymous', id: null })
    await second.page.evaluate(() => window.bridge.track('anonymous'))
    await second.settle()
    const { anonymous } = store.customerio.view()
    expect(names(store.customerio.person('A')?.events)).not.toContain('anonymous')
    expect(anonymous.flatMap(({ events }) => names(events))).toEqual(['anonymous'])
  })

  test('nobody, after somebody, and consent comes later', async () => {
    const store = stage.store()
    const first = await open(store, page(VISITOR))
    await first.settle()
    const { visitor } = first
    await first.page.close()
    const second = await open(store, page({ id: null }, { consent: 'pending' }), { visitor })
    await second.page.evaluate(() => window.bridge.setConsent('granted'))
    await expect.poll(() => who(second)).toEqual({ state: 'anonymous', id: null })
  })

  test('nobody: a guest stays, and so does who logs in on the page', async () => {
    const store = stage.store()
    const first = await open(store, page({ id: '' }))
    await first.page.evaluate(() => window.bridge.guest({ email: 'ada@example.com' }))
    await first.settle()
    const { visitor } = first
    await first.page.close()
    const second = await open(store, page({ id: null }, { consent: 'pending' }), { visitor })
    await second.page.evaluate(() => window.bridge.setConsent('granted'))
    await expect.poll(() => who(second)).toMatchObject({ state: 'guest' })
    await second.page.evaluate(() => window.bridge.identify('A', { traits: { email: 'ada@example.com' } }))
    await second.page.evaluate(() => {
      window.bridge.setConsent('pending')
      window.bridge.setConsent('granted')
    })
    expect(await who(second)).toEqual({ state: 'known', id: 'A' })
  })

  test('a page that the back button shows again says who was there then, which is not believed', async () => {
    const store = stage.store()
    const first = await open(store, page(VISITOR))
    await first.settle()
    await first.page.goto(store.url({ way: 'own tags', tags: page({ id: null }) }))
    await first.page.waitForFunction(
      () => (window as never as { retention_bridge?: object }).retention_bridge !== undefined,
    )
    await expect.poll(() => first.page.evaluate('retention_bridge.status().identity.id')).toBeNull()
    await goInHistory(first.page, -1)
    await first.page.waitForFunction(
      () => (window as never as { retention_bridge?: object }).retention_bridge !== undefined,
    )
    expect(await first.page.evaluate('retention_bridge.status().identity.id')).toBeNull()
  })

  test('somebody else: a switch', async () => {
    const store = stage.store()
    const first = await open(store, page(VISITOR))
    await first.settle()
    const { visitor } = first
    await first.page.close()
    const second = await open(store, page({ id: 'B' }), { visitor })
    await second.settle()
    await expectHoldings(store, {
      people: { ...TOLD.people, B: {} },
      // On its first page a tool is told once more who was there last.
      sessions: [{ ...TOLD.sessions[0], identifies: 2 }, { uid: 'B' }],
    })
  })
})

test('with all there is: the checkout at once, and what the page asks for when it is needed', async () => {
  const store = stage.store()
  const visitor = await stage.visitor()
  const files: string[] = []
  visitor.on('request', request => {
    const [, file] = request.url().split('/chunks/')
    if (file) files.push(file)
  })
  const tags = `<script type="application/json" data-retention-flags data-retention-id="A">{ "purchase_count": 4 }</script>
    ${json({ flags: FLAGS, visitor: VISITOR, pageFlags: true, flagTraits: ['purchase_count'] })}
    ${script('', '/dist/retention-bridge-full.iife.js')}<!-- snippets -->`
  const opened = await open(store, tags, { visitor })
  await opened.page.evaluate('RetentionBridge.initCheckout(bridge).started({ total: 12, currency: "EUR" })')
  await opened.settle()
  await expectHoldings(store, {
    people: {
      A: {
        traits: { ...ADA, purchase_count: 4 },
        events: ['checkout_started'],
        identifies: expect.any(Number),
      },
    },
    sessions: [{ uid: 'A', events: ['checkout_started'], flags: { vip_tier: 'gold', purchase_count: 4 } }],
  } as never)
  expect(files).toEqual(expect.arrayContaining(['sources.js', 'traits.js']))
  expect(files.filter(file => /in-?box|in-app|consent/.test(file))).toEqual([])
})

describe('friction, by JSON', () => {
  const full = '/dist/retention-bridge-full.iife.js'
  const flags = { friction: { type: 'str' } }
  const page = (watchFriction: unknown, file = full) =>
    `${json({ flags, watchFriction })}${script('', file)}<!-- snippets -->`
  const found = (store: Store) =>
    store.fullstory
      .view()
      .sessions.flatMap(({ events }) => events)
      .filter(({ name }) => name === 'friction_detected')
      .map(({ properties }) => properties)

  test('the step is known where the pattern says that it is the checkout, and the flag is set', async () => {
    const store = stage.store()
    store.fullstory.declare(['friction'])
    const visitor = await stage.visitor()
    let isJudged = false
    visitor.on('response', response => {
      if (response.url().endsWith('/judge-checkout.js')) isJudged = true
    })
    const tags = page({ flag: 'friction', kinds: ['rage_click'], isCheckout: '^/kasse/' })
    const opened = await open(store, tags, { visitor })
    await opened.page.evaluate(() => history.replaceState(null, '', '/kasse/payment'))
    // Any click tells the judges where the page is.
    await expect
      .poll(async () => {
        await opened.page.mouse.click(300, 300)
        return isJudged
      })
      .toBe(true)
    await rage(opened.page, '<button>Pay</button>', () => found(store)[0])
    expect(found(store)).toEqual([{ kind: 'rage_click', step: 'payment', target: 'body > button', count: 3 }])
    await opened.settle()
    await expectHoldings(store, {
      visitors: [['friction_detected']],
      sessions: [{ events: ['friction_detected'], flags: { friction: 'rage_click' } }],
    })
    expect(opened.problems).toEqual([])
  })

  test('what is no pattern, and no option, is named in development, and the rest works', async () => {
    const store = stage.store()
    const development = '/dist/development/retention-bridge-full.iife.js'
    const wrong = await open(store, page({ isCheckout: '(', kinds: ['rage'] }, development))
    await expect.poll(() => wrong.warnings.join()).toContain('watchFriction.isCheckout')
    await expect.poll(() => wrong.warnings.join()).toContain('watchFriction.kinds')
    const yes = await open(store, page('yes', development))
    await expect.poll(() => yes.warnings.join()).toContain('watchFriction: got yes')
    expect((await open(store, page(true, development))).warnings).toEqual([])
    expect(wrong.problems).toEqual([])
  })
})
