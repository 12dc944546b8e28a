import type { Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventNames, openReady, openStage, type Stage, type Store, waitUntil } from './customerio-stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** Collects in `window.seen` what the inbox reports under a topic: one list of properties for each update. */
function watchInbox(page: Page, topic = 'flags'): Promise<void> {
  return page.evaluate(name => {
    window.seen = []
    window.cioanalytics.inbox?.(name).onUpdates(messages => {
      window.seen.push(messages.map(({ properties }) => properties))
    })
  }, topic)
}

async function openAs(store: Store, id: string): Promise<Page> {
  const page = await openReady(await stage.visitor(), store.page())
  await watchInbox(page)
  await page.evaluate(userId => window.cioanalytics.identify(userId), id)
  await connected(page)
  return page
}

/**
 * The SDK asks for the list twice, before and after it opens the stream. A push in between would be undone by
 * the second answer, so it has to be in.
 */
async function connected(page: Page): Promise<void> {
  await page.waitForFunction(() => window.seen.length >= 2)
}

function seen(page: Page): Promise<unknown[]> {
  return page.evaluate(() => window.seen)
}

async function sees(page: Page, properties: object): Promise<void> {
  await page.waitForFunction(
    expected => window.seen.some(list => JSON.stringify(list) === expected),
    JSON.stringify([properties]),
  )
}

function isStream(request: Request): boolean {
  return request.url().includes('/api/v3/sse')
}

describe('inbox', () => {
  test('a push reaches the page of that person, and no other', async () => {
    const store = stage.store()
    const ann = await openAs(store, 'ann')
    const bob = await openAs(store, 'bob')
    store.customerio.pushInbox({ to: 'ann', topic: 'flags', type: 'flags', properties: { vip: true } })
    await sees(ann, { vip: true })
    store.customerio.pushInbox({ to: 'bob', topic: 'flags', properties: { vip: false } })
    await sees(bob, { vip: false })
    expect(JSON.stringify(await seen(bob))).not.toContain('true')
    expect(JSON.stringify(await seen(ann))).not.toContain('false')
  })

  test('only under its topic', async () => {
    const store = stage.store()
    const page = await openAs(store, 'ann')
    store.customerio.pushInbox({ to: 'ann', topic: 'news', properties: { n: 1 } })
    store.customerio.pushInbox({ to: 'ann', topics: ['news', 'flags'], properties: { n: 2 } })
    await sees(page, { n: 2 })
  })

  test('what was pushed before login is there after it, as the SDK presents it', async () => {
    const store = stage.store()
    const queueId = store.customerio.pushInbox({
      to: 'ann',
      topics: ['flags'],
      type: 'segment',
      properties: { vip: true },
      expiresInMs: 60_000,
      sentAt: '2026-03-01T12:00:00Z',
    })
    const page = await openReady(await stage.visitor(), store.page())
    await page.evaluate(() => window.cioanalytics.identify('ann'))
    const read = () =>
      page.evaluate(async () => {
        const messages = await window.cioanalytics.inbox?.('flags').messages()
        return messages?.map(({ messageId, opened, properties, sentAt, expiresAt, type, topics }) => ({
          ...{ messageId, opened, properties, type, topics },
          ...{ sentAt: sentAt.toISOString(), expires: (expiresAt?.getTime() ?? 0) > Date.now() },
        }))
      })
    await waitUntil(async () => (await read())?.length === 1)
    expect(await read()).toEqual([
      {
        messageId: queueId,
        opened: false,
        properties: { vip: true },
        type: 'segment',
        topics: ['flags'],
        sentAt: '2026-03-01T12:00:00.000Z',
        expires: true,
      },
    ])
  })

  test('opened, clicked and deleted reach the server', async () => {
    const store = stage.store()
    store.customerio.declare([], [])
    const page = await openAs(store, 'ann')
    store.customerio.pushInbox({ to: 'ann', topic: 'flags', properties: { n: 1 } })
    await sees(page, { n: 1 })
    await page.evaluate(async () => {
      const [message] = (await window.cioanalytics.inbox?.('flags').messages()) ?? []
      await message?.markOpened()
      message?.trackClick('accept')
    })
    expect(store.customerio.view().inbox).toMatchObject([{ opened: true, deleted: false }])
    await waitUntil(() => store.customerio.person('ann')?.events.length === 2)
    // They leave in one moment, and one may overtake the other.
    const metricOf = ({ properties }: { properties: Record<string, unknown> }) => String(properties.metric)
    const reports = store.customerio
      .person('ann')
      ?.events.sort((one, two) => metricOf(one).localeCompare(metricOf(two)))
    expect(reports).toMatchObject([
      { name: 'Report Delivery Event', properties: { metric: 'clicked', actionName: 'accept' } },
      { name: 'Report Delivery Event', properties: { metric: 'opened' } },
    ])
    await page.evaluate(async () => {
      const [message] = (await window.cioanalytics.inbox?.('flags').messages()) ?? []
      await message?.markDeleted()
    })
    await waitUntil(() => store.customerio.view().inbox[0]?.deleted)
    expect(store.customerio.violations).toEqual([])
  })

  test('a person by id and the same one by address have an inbox each', async () => {
    const store = stage.store()
    const page = await openAs(store, 'ann@shop.example')
    store.customerio.pushInbox({ to: 'ann', topic: 'flags', properties: { by: 'id' } })
    store.customerio.pushInbox({ to: 'ann@shop.example', topic: 'flags', properties: { by: 'address' } })
    await sees(page, { by: 'address' })
  })

  test('listeners follow the user, and logout closes the stream', async () => {
    const store = stage.store()
    const page = await openAs(store, 'ann')
    await page.evaluate(() => window.cioanalytics.reset())
    await waitUntil(() => store.customerio.view().connections === 0)
    store.customerio.pushInbox({ to: 'ann', topic: 'flags', properties: { of: 'ann' } })
    store.customerio.pushInbox({ to: 'bob', topic: 'flags', properties: { of: 'bob' } })
    await page.evaluate(() => window.cioanalytics.identify('bob'))
    await sees(page, { of: 'bob' })
    expect(JSON.stringify(await seen(page))).not.toContain('ann')
  })

  test('of two tabs only one has the stream, and the other is told nothing', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const older = await openReady(visitor, store.page())
    await watchInbox(older)
    await older.evaluate(() => window.cioanalytics.identify('ann'))
    await connected(older)

    const closed = older.waitForEvent('requestfailed', isStream)
    const opened = visitor.waitForEvent('request', isStream)
    const newer = await openReady(visitor, store.page())
    await watchInbox(newer)
    await Promise.all([closed, opened])
    await waitUntil(() => store.customerio.view().connections === 1)
    store.customerio.pushInbox({ to: 'ann', topic: 'flags', properties: { n: 1 } })
    const told = async (page: Page) => JSON.stringify(await seen(page)).includes('"n":1')
    await waitUntil(async () => (await told(older)) || (await told(newer)))
    expect(await told(older)).not.toBe(await told(newer))
  })

  test('a guest has an inbox of its own', async () => {
    const store = stage.store()
    store.settings.anonymousInApp = true
    const token = JSON.stringify({ value: 'guest-1', expiry: new Date(Date.now() + 60_000) })
    store.customerio.pushInbox({ to: 'guest-1', topic: 'flags', properties: { guest: true } })
    const before = `localStorage.setItem('gist.web.guestUserToken', ${JSON.stringify(token)})`
    const page = await openReady(await stage.visitor(), store.page({ before }))
    await waitUntil(async () =>
      page.evaluate(async () => (await window.cioanalytics.inbox?.('flags').messages())?.length === 1),
    )
    expect(store.customerio.view().connections).toBe(0)
  })
})

test('a message is shown, reported and dismissed', async () => {
  const store = stage.store()
  const page = await openAs(store, 'ann')
  store.customerio.pushMessage({ to: 'ann', messageId: 'welcome', gist: { campaignId: 'campaign-1' } })
  const frame = page.frameLocator('iframe.gist-message')
  await frame.getByText('welcome').waitFor()
  await frame.getByRole('button', { name: 'Close' }).click()
  await page.locator('iframe.gist-message').waitFor({ state: 'detached' })
  await waitUntil(() => eventNames(store.customerio.person('ann')?.events).length === 1)
  expect(store.customerio.person('ann')?.events).toMatchObject([
    { name: 'Report Delivery Event', properties: { deliveryId: 'campaign-1', metric: 'opened' } },
  ])
  await waitUntil(() => store.customerio.queueOf('ann').inAppMessages.length === 0)
})

test('gist-web alone', async () => {
  const store = stage.store()
  const head = `<script src="${stage.origin}/sdk/gist.min.js"></script>`
  const page = await (await stage.visitor()).newPage()
  await page.goto(store.page({ load: false, head }))
  await page.evaluate(async siteId => {
    window.seen = []
    const gist = Object(window).Gist
    await gist.setup({ siteId, env: 'local' })
    gist.events.on('messageInboxUpdated', (messages: { properties: object }[]) => {
      window.seen.push(messages.map(({ properties }) => properties))
    })
    await gist.setUserToken('ann')
  }, store.id)
  await connected(page)
  store.customerio.pushInbox({ to: 'ann', properties: { n: 1 } })
  await sees(page, { n: 1 })
})
