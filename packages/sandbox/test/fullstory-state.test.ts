import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  eventNames,
  openStage,
  openStarted,
  type Stage,
  sessionId,
  started,
  waitUntil,
} from './fullstory-stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const OBSERVE_ALL = `
  window.seen = []
  FS('observe', { type: 'start', callback: value => seen.push(['start', value.sessionUrl, typeof value.settings]) })
  FS('observe', { type: 'shutdown', callback: value => seen.push(['shutdown', value.reason]) })
`

describe('starting and started', () => {
  test('starting: sync calls are applied, async calls pend, there is no session to read', async () => {
    const org = stage.org()
    org.faults.fullstoryCollector = 500
    const page = await (await stage.visitor()).newPage()
    await page.goto(org.page())
    await page.waitForFunction(() => window.FS._api)
    const during = await page.evaluate(() => {
      window.seen = []
      const promise = window.FS('trackEventAsync', { name: 'two' }) as Promise<unknown>
      promise.then(() => window.seen.push('resolved'))
      window.FS('trackEvent', { name: 'one' })
      return [window.FS('getSession') === undefined, window.FS('getConfig') === undefined, ...window.seen]
    })
    expect(during).toEqual([true, true])
    org.faults.fullstoryCollector = 'ok'
    await page.waitForFunction(() => window.seen.includes('resolved'))
    await org.settled(page)
    expect(eventNames(org.collector.view().sessions[0]?.events ?? [])).toEqual(['one', 'two'])
  })

  test('started: both forms work', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    const [sync, async] = await page.evaluate(async () => [
      window.FS('getSession'),
      await window.FS('getSessionAsync'),
    ])
    expect(async).toBe(sync)
  })

  test('getSession formats', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    const formats = await page.evaluate(() => ({
      none: window.FS('getSession'),
      url: window.FS('getSession', { format: 'url' }),
      id: window.FS('getSession', { format: 'id' }),
      now: window.FS('getSession', { format: 'url.now' }),
      all: window.FS('getSession', { format: 'all' }),
    }))
    const session = org.collector.view().sessions[0]
    expect(formats.id).toBe(session?.id)
    expect(formats.url).toBe(session?.url)
    expect(formats.none).toBe(formats.url)
    expect(String(formats.now)).toMatch(/%3A\d{13}$/)
    expect(String(formats.now).startsWith(String(formats.url))).toBe(true)
    const [userId, id] = String(formats.id).split(':')
    expect(formats.all).toEqual({ orgId: org.id, userId, sessionId: id, pageId: session?.pages[0]?.id })
  })

  test('a resolved promise does not mean accepted', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    const resolved = await page.evaluate(() =>
      Promise.all([
        window.FS('setIdentityAsync', { uid: 'null' }),
        window.FS('trackEventAsync', { properties: { a: 1 } }),
        window.FS('setPropertiesAsync', { type: 'nothing', properties: {} }),
        window.FS('setPropertiesAsync', {
          type: 'user',
          properties: { n: 'text' },
          schema: { properties: { n: 'int' } },
        }),
      ]),
    )
    expect(resolved).toEqual([undefined, undefined, undefined, undefined])
    await org.settled(page)
    const { users, sessions, violations } = org.collector.view()
    expect(users).toMatchObject([{ uid: null, properties: {} }])
    expect(eventNames(sessions[0]?.events ?? [])).toEqual([])
    expect(violations.map(({ rule }) => rule)).toEqual(['illegal_uid', 'event_name_length', 'type_mismatch'])
  })

  test('an unknown operation never settles', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    await page.evaluate(() => {
      window.seen = []
      const settled = () => window.seen.push('settled')
      ;(window.FS('getVisitorAsync') as Promise<unknown>).then(settled, settled)
    })
    await org.settled(page)
    expect(await page.evaluate(() => window.seen)).toEqual([])
  })

  test('getConfig answers the environment and the user as cleaned', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    const before = await page.evaluate(() => window.FS('getConfigAsync'))
    expect(before).not.toHaveProperty('user')
    const config = await page.evaluate(() => {
      window.FS.setUserVars({ plan_str: 'gold', displayName: 'Ann' })
      window.FS('setIdentity', { uid: ' ann ' })
      return window.FS('getConfig')
    })
    expect(config).toMatchObject({
      env: { orgId: org.id, namespace: 'FS', snippetVersion: '2.1.0' },
      user: { uid: 'ann', properties: { plan: 'gold', displayName: 'Ann' } },
    })
  })

  test('an older build has no getConfig: its promise stays open', async () => {
    const org = stage.org()
    const url = org.page({ before: 'window._fs_sandbox_old_build = true; window.seen = []' })
    const page = await openStarted(await stage.visitor(), url)
    const sync = await page.evaluate(() => {
      const settled = () => window.seen.push('settled')
      ;(window.FS('getConfigAsync') as Promise<unknown>).then(settled, settled)
      return window.FS('getConfig') === undefined
    })
    await org.settled(page)
    expect(sync).toBe(true)
    expect(await page.evaluate(() => window.seen)).toEqual([])
  })
})

describe('shutdown', () => {
  test('async calls reject and are lost, sync calls are applied on restart, the session goes on', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page({ inline: OBSERVE_ALL }))
    const before = await sessionId(page)
    const message = await page.evaluate(async () => {
      window.FS('shutdown')
      window.FS('trackEvent', { name: 'kept' })
      window.FS('setIdentity', { uid: 'ann' })
      const lost = window.FS('trackEventAsync', { name: 'lost' }) as Promise<unknown>
      return [await lost.catch((error: Error) => error.message), window.FS('getSession') === undefined]
    })
    expect(message).toEqual(['Shutdown called.', true])
    await waitUntil(() => org.collector.view().sessions[0]?.endReason === 1)
    expect(org.collector.view().sessions[0]?.events).toEqual([])

    await page.evaluate(() => window.FS('restart'))
    expect(await sessionId(page)).toBe(before)
    await org.settled(page)
    const { sessions } = org.collector.view()
    expect(sessions).toMatchObject([{ endedAt: null, uid: 'ann', pages: [{}, {}] }])
    expect(eventNames(sessions[0]?.events ?? [])).toEqual(['kept'])
    expect(await page.evaluate(() => window.seen.map(entry => (entry as unknown[])[0]))).toEqual([
      'start',
      'shutdown',
      'start',
    ])
  })

  test('what pends when capture is shut down rejects', async () => {
    const org = stage.org()
    org.faults.fullstoryCollector = 500
    const page = await (await stage.visitor()).newPage()
    await page.goto(org.page())
    await page.waitForFunction(() => window.FS._api)
    const message = await page.evaluate(() => {
      const pending = window.FS('getSessionAsync') as Promise<unknown>
      window.FS('shutdown')
      return pending.catch((error: Error) => error.message)
    })
    expect(message).toBe('Shutdown called.')
  })

  test('does not survive a page load', async () => {
    const org = stage.org()
    const visitor = await stage.visitor()
    const url = org.page()
    const page = await openStarted(visitor, url)
    await page.evaluate(() => window.FS('shutdown'))
    await page.reload()
    await started(page)
  })

  test.each(['2.1', '2.0'] as const)('delayed capture with snippet %s: held until start', async version => {
    const org = stage.org()
    const inline = `
      window.seen = []
      FS('trackEvent', { name: 'queued' })
      FS('getSessionAsync').catch(error => seen.push(error.message))
    `
    const page = await (await stage.visitor()).newPage()
    await page.goto(org.page({ version, captureOnStartup: false, inline }))
    await page.waitForFunction(() => window.seen.length === 1)
    const answers = await page.evaluate(async () => {
      window.FS('trackEvent', { name: 'loaded' })
      const read = window.FS('getSessionAsync') as Promise<unknown>
      return [window.FS('getSession') === undefined, await read.catch((error: Error) => error.message)]
    })
    expect(answers).toEqual([true, 'Shutdown called.'])
    expect(await page.evaluate(() => [window.seen[0], document.cookie])).toEqual(['Shutdown called.', ''])
    expect(org.collector.view().sessions).toEqual([])

    await page.evaluate(() => window.FS('start'))
    await started(page)
    await org.settled(page)
    expect(eventNames(org.collector.view().sessions[0]?.events ?? [])).toEqual(['queued', 'loaded'])
  })

  test('startAsync resolves when capture has started', async () => {
    const org = stage.org()
    const page = await (await stage.visitor()).newPage()
    await page.goto(org.page({ captureOnStartup: false }))
    await page.waitForFunction(() => window.FS._api)
    const session = await page.evaluate(async () => {
      await window.FS('startAsync')
      return window.FS('getSession')
    })
    expect(session).toBe(org.collector.view().sessions[0]?.url)
  })
})

describe('fatal', () => {
  test('a refusing server disables capture for good', async () => {
    const org = stage.org()
    org.faults.fullstoryCollector = 'blocked'
    const page = await (await stage.visitor()).newPage()
    const inline = `${OBSERVE_ALL}; FS('getSessionAsync').catch(error => seen.push(['rejected', error.message]))`
    await page.goto(org.page({ inline }))
    await page.waitForFunction(() => window.seen.length === 2)
    const later = await page.evaluate(async () => {
      window.FS('observe', {
        type: 'shutdown',
        callback: (value: unknown) => window.seen.push(['late', value]),
      })
      window.FS('restart')
      const read = window.FS('getSessionAsync') as Promise<unknown>
      return [window.FS('getSession') === undefined, await read.catch((error: Error) => error.message)]
    })
    expect(later).toEqual([true, expect.stringMatching(/^Capture disabled/)])
    expect(await page.evaluate(() => window.seen)).toEqual([
      ['shutdown', 5],
      ['rejected', expect.stringMatching(/^Capture disabled/)],
      ['late', { reason: 5 }],
    ])
    expect(org.collector.view().sessions).toEqual([])
  })
})

describe('observe', () => {
  test('start tells the session URL, shutdown the reason', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page({ inline: OBSERVE_ALL }))
    await page.evaluate(() => window.FS('shutdown'))
    expect(await page.evaluate(() => window.seen)).toEqual([
      ['start', org.collector.view().sessions[0]?.url, 'object'],
      ['shutdown', 1],
    ])
  })

  test('registering late fires once, disconnect ends it', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    await page.evaluate(() => {
      window.seen = []
      window.observer = window.FS('observe', {
        type: 'start',
        callback: () => window.seen.push('start'),
      }) as Window['observer']
    })
    await page.waitForFunction(() => window.seen.length === 1)
    await page.evaluate(() => {
      window.observer.disconnect()
      window.FS('shutdown')
      window.FS('restart')
    })
    await started(page)
    await org.settled(page)
    expect(await page.evaluate(() => window.seen)).toEqual(['start'])
  })

  test('a type that does not exist, such as session, fails', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    const failed = await page.evaluate(() => {
      const register = (type: string) =>
        (window.FS('observe', { type, callback: () => {} }) as Window['observer']).failed ?? false
      return [register('session'), register('start')]
    })
    expect(failed).toEqual([true, false])
  })

  test('an observer that throws stops neither the others nor capture', async () => {
    const org = stage.org()
    const inline = `FS('observe', { type: 'start', callback() { throw new Error('page') } }); ${OBSERVE_ALL}`
    const page = await openStarted(await stage.visitor(), org.page({ inline }))
    await page.waitForFunction(() => window.seen.length === 1)
    await org.settled(page)
  })

  test('leaving the page is reason 7, and what is said while leaving is still sent', async () => {
    const org = stage.org()
    const inline = `
      FS('observe', { type: 'shutdown', callback: ({ reason }) => localStorage.setItem('reason', reason) })
      addEventListener('pagehide', () => FS('trackEvent', { name: 'leaving' }))
    `
    const page = await openStarted(await stage.visitor(), org.page({ inline }))
    await page.goto(org.page({ captureOnStartup: false }))
    expect(await page.evaluate(() => localStorage.getItem('reason'))).toBe('7')
    await waitUntil(() => org.collector.view().sessions[0]?.endReason === 7)
    expect(eventNames(org.collector.view().sessions[0]?.events ?? [])).toContain('leaving')
  })
})

describe('inner frame', () => {
  test('setIdentity, user and page properties and shutdown are refused', async () => {
    const org = stage.org()
    const visitor = await stage.visitor()
    const frameUrl = org.page()
    const page = await openStarted(visitor, org.page({ body: `<iframe src="${frameUrl}"></iframe>` }))
    await waitUntil(() => page.frames().length === 2)
    const frame = page.frames()[1]
    await frame?.waitForFunction(() => typeof window.FS('getSession') === 'string')
    await frame?.evaluate(() => {
      window.FS('setIdentity', { uid: 'ann', properties: { plan: 'a' } })
      window.FS('setProperties', { type: 'user', properties: { plan: 'b' } })
      window.FS('setProperties', { type: 'page', properties: { depth: 1 } })
      window.FS('shutdown')
      window.FS('trackEvent', { name: 'from frame' })
    })
    await waitUntil(() => org.collector.view().sessions[0]?.events.length)
    const { users, sessions } = org.collector.view()
    expect(users).toMatchObject([{ uid: null, properties: {} }])
    expect(sessions).toHaveLength(1)
    expect(sessions[0]).toMatchObject({ endedAt: null, identifyCalls: 0 })
    expect(sessions[0]?.pages.map(({ properties }) => properties)).toEqual([{}, {}])
  })
})
