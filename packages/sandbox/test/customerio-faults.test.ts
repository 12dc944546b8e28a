import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventNames, openReady, openStage, ready, type Stage, waitUntil } from './customerio-stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const RETRY_STORAGE = 'persisted-queue:v1:dest-Customer.io-Data-Pipelines:items'

/** The SDK puts aside what it has still to send when the page goes away. */
function keptForLater(page: Page): Promise<string | null> {
  return page.evaluate(key => localStorage.getItem(key), RETRY_STORAGE)
}

async function openPlain(url: string): Promise<Page> {
  const page = await (await stage.visitor()).newPage()
  // Not `load`, which never comes while a script hangs; by then the inline script has run.
  await page.goto(url, { waitUntil: 'domcontentloaded' })
  return page
}

describe('script', () => {
  test.each(['blocked', 500] as const)('%s: the script tag fails and the stub stays', async fault => {
    const store = stage.store()
    store.faults.customerioScript = fault
    const before = `
      window.seen = []
      addEventListener('error', ({ target }) => seen.push(target.src), true)
    `
    const page = await openPlain(store.page({ before }))
    await page.waitForFunction(() => window.seen.length === 1)
    expect(await page.evaluate(() => window.seen)).toEqual([
      `${stage.origin}/v1/analytics-js/snippet/${store.id}/analytics.min.js`,
    ])
    expect(await page.evaluate(() => Array.isArray(window.cioanalytics))).toBe(true)
  })

  test('hung: nothing tells', async () => {
    const store = stage.store()
    store.faults.customerioScript = 'hang'
    const page = await openPlain(store.page({ inline: "cioanalytics.track('waiting')" }))
    expect(await page.evaluate(() => window.cioanalytics.length)).toBe(1)
    expect(store.customerio.view().calls).toEqual([])
  })

  test('late: what was queued is sent all the same', async () => {
    const store = stage.store()
    store.faults.customerioScript = { delayMs: 100 }
    await openPlain(store.page({ inline: "cioanalytics.track('early')" }))
    await waitUntil(() => eventNames(store.customerio.view().anonymous[0]?.events).includes('early'))
  })
})

describe('settings', () => {
  test.each(['blocked', 500] as const)('%s: the SDK says so, and never becomes ready', async fault => {
    const store = stage.store()
    store.faults.customerioSettings = fault
    const before = `
      window.seen = []
      const { error } = console
      console.error = (...told) => { seen.push(told.map(String).join(' ')); error(...told) }
    `
    const page = await openPlain(store.page({ before, inline: "cioanalytics.track('early')" }))
    await page.waitForFunction(() => window.seen.some(told => String(told).includes('Failed to load')))
    expect(await page.evaluate(() => Array.isArray(window.cioanalytics))).toBe(true)
    expect(store.customerio.view().calls).toEqual([])
  })

  test('late: ready all the same', async () => {
    const store = stage.store()
    store.faults.customerioSettings = { delayMs: 100 }
    await ready(await openPlain(store.page()))
  })

  test('without the in-app part there is no inbox', async () => {
    const store = stage.store()
    store.settings.inApp = false
    const page = await openReady(await stage.visitor(), store.page())
    expect(await page.evaluate(() => typeof window.cioanalytics.inbox)).toBe('undefined')
  })
})

describe('collector', () => {
  test('blocked: the message is kept and sent by the next page', async () => {
    const store = stage.store()
    store.faults.customerioCollector = 'blocked'
    const page = await openReady(await stage.visitor(), store.page())
    await page.evaluate(() => window.cioanalytics.track('bought'))
    await page.goto(store.page({ load: false }))
    expect(await keptForLater(page)).toContain('bought')
    expect(store.customerio.view().calls).toEqual([])

    store.faults.customerioCollector = 'ok'
    await page.goto(store.page())
    await waitUntil(() => eventNames(store.customerio.view().anonymous[0]?.events).includes('bought'))
  })

  test('blocked: what one visitor said anonymously is later sent as the next one', async () => {
    const store = stage.store()
    store.faults.customerioCollector = 'blocked'
    const page = await openReady(await stage.visitor(), store.page())
    const first = await page.evaluate(async () => {
      await window.cioanalytics.track('browsed')
      return window.cioanalytics.user().anonymousId()
    })
    await page.evaluate(() => {
      window.cioanalytics.reset()
      return window.cioanalytics.identify('bob')
    })
    // Not before: the SDK tries again when it likes, which would be as nobody.
    store.faults.customerioCollector = 'ok'
    await waitUntil(() => store.customerio.person('bob')?.events.length)
    expect(store.customerio.person('bob')).toMatchObject({
      events: [{ name: 'browsed', anonymousId: first, userId: 'bob' }],
    })
    expect(store.customerio.person('bob')?.anonymousIds).not.toContain(first)
  })

  test('500: the message is lost, for the SDK looks at network errors only', async () => {
    const store = stage.store()
    store.faults.customerioCollector = 500
    const page = await openReady(await stage.visitor(), store.page())
    const answered = page.waitForResponse(response => response.url().endsWith('/v1/t'))
    await page.evaluate(() => window.cioanalytics.track('bought'))
    expect((await answered).status()).toBe(500)
    await page.goto(store.page({ load: false }))
    expect(await keptForLater(page)).toBeNull()
    expect(store.customerio.view().calls).toEqual([])
  })

  test('late, and the page leaves: sent again by the next page and applied once', async () => {
    const store = stage.store()
    // The page has to be gone before it is answered.
    store.faults.customerioCollector = { delayMs: 3_000 }
    const page = await openReady(await stage.visitor(), store.page())
    const sent = page.waitForRequest(request => request.url().endsWith('/v1/t'))
    await page.evaluate(() => void window.cioanalytics.track('bought'))
    await sent
    await page.goto(store.page())
    await waitUntil(() => store.customerio.view().calls.length === 2)
    expect(store.customerio.view().calls.map(({ repeated }) => repeated)).toEqual([false, true])
    expect(eventNames(store.customerio.view().anonymous[0]?.events)).toEqual(['bought'])
  })

  test('hung: the message never ends, and later ones leave all the same', async () => {
    const store = stage.store()
    store.faults.customerioCollector = 'hang'
    const page = await openReady(await stage.visitor(), store.page())
    const sending = (event: string) => page.waitForRequest(request => request.postDataJSON()?.event === event)
    const both = Promise.all([sending('one'), sending('two')])
    await page.evaluate(() => {
      window.seen = []
      const watch = (name: string) => window.cioanalytics.track(name).finally(() => window.seen.push(name))
      void watch('one')
      void watch('two')
    })
    await both
    expect(await page.evaluate(() => window.seen)).toEqual([])
    expect(store.customerio.view().calls).toEqual([])
  })
})

describe('in-app', () => {
  test.each(['blocked', 'hang', 500] as const)('%s: events go on, the inbox is empty', async fault => {
    const store = stage.store()
    store.faults.inApp = fault
    store.customerio.pushInbox({ to: 'ann', properties: {} })
    const page = await openReady(await stage.visitor(), store.page())
    const asked = page.waitForRequest(request => request.url().includes('/api/v4/users'))
    await page.evaluate(() => window.cioanalytics.identify('ann'))
    await asked
    expect(await page.evaluate(() => window.cioanalytics.inbox?.().messages())).toEqual([])
    await waitUntil(() => store.customerio.person('ann'))
  })

  test('500 once: the SDK does not ask again for ten minutes, nor for the next user', async () => {
    const store = stage.store()
    store.faults.inApp = 500
    const page = await openReady(await stage.visitor(), store.page())
    const nextAsk = () =>
      page.evaluate(() => JSON.parse(localStorage.getItem('gist.web.userQueueNextPullCheck') ?? 'null'))
    await page.evaluate(() => window.cioanalytics.identify('ann'))
    await waitUntil(nextAsk)
    store.faults.inApp = 'ok'
    const planned = await nextAsk()
    expect(planned.value).toBe(600)
    await page.evaluate(() => {
      window.cioanalytics.reset()
      return window.cioanalytics.identify('bob')
    })
    expect(await nextAsk()).toEqual(planned)
  })
})
