import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventNames, openStage, openStarted, type Stage, started, waitUntil } from './fullstory-stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const VERSIONS = ['2.1', '2.0', '1.3'] as const

describe('loading', () => {
  test.each(VERSIONS)(
    'snippet %s is taken over: queued calls are recorded, the queue is gone',
    async version => {
      const org = stage.org()
      const inline = "FS.identify('ann'); FS.event('opened', { cart_real: 12.5 }, 'bridge')"
      const page = await (await stage.visitor()).newPage()
      await page.goto(org.page({ version, inline }))
      await waitUntil(() => org.collector.view().sessions[0]?.events.length)

      const { users, sessions, violations } = org.collector.view()
      expect(users).toMatchObject([{ uid: 'ann' }])
      expect(sessions[0]).toMatchObject({ uid: 'ann', identifyCalls: 1 })
      expect(sessions[0]?.events).toMatchObject([
        { name: 'opened', properties: { cart: 12.5 }, types: { cart: 'real' }, uid: 'ann', source: 'bridge' },
      ])
      expect(violations).toEqual([])
      expect(await page.evaluate(() => ['q' in window.FS, typeof window.FS._api, window.FS._v])).toEqual([
        false,
        'function',
        `${version}.0`,
      ])
    },
  )

  test.each(VERSIONS)('snippet %s under another namespace is found', async version => {
    const org = stage.org()
    const page = await (await stage.visitor()).newPage()
    await page.goto(org.page({ version, namespace: 'Story', inline: "Story.event('opened', { n_int: 1 })" }))
    await waitUntil(() => org.collector.view().sessions[0]?.events.length)
    expect(await page.evaluate(() => 'FS' in window)).toBe(false)
  })

  test('snippet 2.0 announces itself in globals, 2.1 on its script tag and with an init call', async () => {
    const org = stage.org()
    org.faults.fullstoryScript = 'hang'
    const read = async (version: '2.1' | '2.0') => {
      const page = await (await stage.visitor()).newPage()
      await page.goto(org.page({ version }), { waitUntil: 'commit' })
      await page.waitForFunction(() => window.FS?.q)
      return page.evaluate(() => ({
        globals: Object.keys(window).filter(key => key.startsWith('_fs_')),
        stamp: document.querySelector('script[data-fs-namespace]')?.getAttribute('data-fs-namespace'),
        firstOperation: window.FS.q?.[0]?.[0],
      }))
    }
    expect(await read('2.0')).toEqual({
      globals: ['_fs_host', '_fs_script', '_fs_org', '_fs_namespace'],
      stamp: undefined,
      firstOperation: undefined,
    })
    expect(await read('2.1')).toEqual({ globals: [], stamp: 'FS', firstOperation: 'init' })
  })

  test('before load: sync answers null and queues six parts, async is a promise, getters do not exist', async () => {
    const org = stage.org()
    org.faults.fullstoryScript = 'hang'
    const page = await (await stage.visitor()).newPage()
    await page.goto(org.page({ version: '2.0' }), { waitUntil: 'commit' })
    await page.waitForFunction(() => window.FS?.q)
    const before = await page.evaluate(() => {
      const answer = window.FS('trackEvent', { name: 'one' }, 'bridge')
      const promise = window.FS('getSessionAsync')
      const [sync, async] = window.FS.q ?? []
      return {
        answer,
        isPromise: promise instanceof Promise,
        sync: sync?.map(part => part ?? null),
        async: async?.map(part => typeof part),
        getter: typeof window.FS.getCurrentSessionURL,
      }
    })
    expect(before).toEqual({
      answer: null,
      isPromise: true,
      sync: ['trackEvent', { name: 'one' }, 'bridge', null, null, 2],
      async: ['string', 'undefined', 'undefined', 'function', 'function', 'number'],
      getter: 'undefined',
    })
  })

  test('V1 methods of a V2 stub are setProperties calls with apiVersion 1', async () => {
    const org = stage.org()
    org.faults.fullstoryScript = 'hang'
    const page = await (await stage.visitor()).newPage()
    await page.goto(org.page({ version: '2.0' }), { waitUntil: 'commit' })
    await page.waitForFunction(() => window.FS?.q)
    const queued = await page.evaluate(() => {
      window.FS.identify('ann', { plan_str: 'a' })
      window.FS.setUserVars({ plan_str: 'b' })
      window.FS.anonymize()
      return window.FS.q?.map(([op, args, , , , version]) => [op, args, version])
    })
    const user = (properties: object) => ['setProperties', { type: 'user', properties }, 1]
    expect(queued).toEqual([
      user({ uid: 'ann' }),
      user({ plan_str: 'a' }),
      user({ plan_str: 'b' }),
      user({ uid: false }),
    ])
  })

  test('after load: the getters exist and answer what getSession answers', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    const [viaGetter, viaOperation, id] = await page.evaluate(() => [
      window.FS.getCurrentSessionURL?.(),
      window.FS('getSession'),
      window.FS.getCurrentSession?.(),
    ])
    expect(viaGetter).toBe(viaOperation)
    expect(org.collector.view().sessions[0]).toMatchObject({ id, url: viaGetter })
  })

  test('after load no malformed call throws', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    const thrown = await page.evaluate(() => {
      const circular: Record<string, unknown> = {}
      circular.self = circular
      const calls: unknown[][] = [
        [],
        [undefined],
        [null, null],
        [{}],
        ['constructor'],
        ['setIdentity'],
        ['setIdentity', 42],
        ['setProperties', 'text'],
        ['setProperties', { type: 'user', properties: circular }],
        ['setProperties', { type: 'nothing', properties: {} }],
        ['trackEvent'],
        ['trackEvent', { name: {}, properties: [] }],
        ['observe', { type: 'start', callback: 'text' }],
        ['getSession', { format: 7 }],
        ['init', { env: 3 }],
      ]
      return calls.filter(call => {
        try {
          window.FS(call[0], call[1])
          return false
        } catch {
          return true
        }
      })
    })
    expect(thrown).toEqual([])
  })

  test('blocked: async calls reject, queued ones and later ones; sync calls vanish', async () => {
    const org = stage.org()
    org.faults.fullstoryScript = 'blocked'
    const page = await (await stage.visitor()).newPage()
    const inline = "window.seen = []; FS('getSessionAsync').catch(error => seen.push(error.message))"
    await page.goto(org.page({ inline }))
    await page.waitForFunction(() => window.seen.length > 0)
    const later = await page.evaluate(() =>
      (window.FS('getSessionAsync') as Promise<unknown>).catch((error: Error) => error.message),
    )
    expect(later).toMatch(/^Error loading .*fs\.js$/)
    expect(await page.evaluate(() => window.seen)).toEqual([later])
    expect(await page.evaluate(() => [window.FS('trackEvent', { name: 'x' }), window.FS.q?.length])).toEqual([
      null,
      0,
    ])
    expect(org.collector.view().sessions).toEqual([])
  })

  test('hung: promises stay open, nothing tells', async () => {
    const org = stage.org()
    org.faults.fullstoryScript = 'hang'
    const page = await (await stage.visitor()).newPage()
    const inline = "window.seen = []; FS('getSessionAsync').finally(() => seen.push('settled'))"
    await page.goto(org.page({ inline }), { waitUntil: 'commit' })
    await page.waitForFunction(() => window.FS?.q?.length === 2)
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve))))
    expect(await page.evaluate(() => window.seen)).toEqual([])
  })

  test('late: what was queued arrives all the same', async () => {
    const org = stage.org()
    org.faults.fullstoryScript = { delayMs: 100 }
    const page = await (await stage.visitor()).newPage()
    await page.goto(org.page({ inline: "FS('trackEvent', { name: 'early' })" }))
    await waitUntil(() => eventNames(org.collector.view().sessions[0]?.events ?? []).includes('early'))
  })

  test('a second copy of the script leaves the first one alone', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    await page.evaluate(async () => {
      const first = document.querySelector<HTMLScriptElement>('script[src*="fs.js"]')
      const copy = document.createElement('script')
      copy.src = String(first?.src)
      copy.setAttribute('data-fs-namespace', 'FS')
      await new Promise(resolve => {
        copy.onload = resolve
        document.head.append(copy)
      })
    })
    await org.settled(page)
    expect(org.collector.view().sessions).toMatchObject([{ pages: [{}], events: [{}] }])
  })

  test('snippet 1.3 knows no V2 operations and answers nothing', async () => {
    const org = stage.org()
    const page = await (await stage.visitor()).newPage()
    await page.goto(org.page({ version: '1.3' }))
    await page.waitForFunction(() => window.FS.getCurrentSessionURL?.())
    const answers = await page.evaluate(() => {
      const answers = [
        window.FS('getSession'),
        window.FS('getSessionAsync'),
        window.FS('trackEvent', { name: 'v2' }),
      ]
      window.FS.setVars('page', { pageName: 'Home', depth_int: 2 })
      window.FS.setUserVars({ plan_str: 'gold', displayName: 'Ann' })
      window.FS.consent(true)
      window.FS.log('warn', 'text')
      window.FS.event('v1', {})
      return answers
    })
    expect(answers).toEqual([undefined, undefined, undefined])
    await waitUntil(() => org.collector.view().sessions[0]?.events.length)
    const { users, sessions, violations } = org.collector.view()
    expect(eventNames(sessions[0]?.events ?? [])).toEqual(['v1'])
    expect(sessions[0]?.pages[0]?.properties).toEqual({ pageName: 'Home', depth: 2 })
    expect(users[0]).toMatchObject({
      displayName: 'Ann',
      properties: { plan: { value: 'gold', type: 'str' } },
    })
    expect(violations).toEqual([])
  })

  test('restart and shutdown of snippet 1.3 stop and continue capture', async () => {
    const org = stage.org()
    const page = await (await stage.visitor()).newPage()
    await page.goto(org.page({ version: '1.3' }))
    await page.waitForFunction(() => window.FS.getCurrentSession?.())
    await page.evaluate(() => window.FS.shutdown())
    await waitUntil(() => org.collector.view().sessions[0]?.endReason === 1)
    await page.evaluate(() => window.FS.restart())
    await waitUntil(() => org.collector.view().sessions[0]?.endReason === null)
    expect(org.collector.view().sessions[0]?.pages).toHaveLength(2)
  })
})

test('the stage starts capture with every V2 snippet', async () => {
  for (const version of ['2.1', '2.0'] as const) {
    const page = await (await stage.visitor()).newPage()
    await page.goto(stage.org().page({ version }))
    await started(page)
  }
})
