import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, type Sandbox, startSandbox } from '../src/index.ts'
import { openShop } from './shop.ts'
import { waitUntil } from './wait-until.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())

function get(path: string): Promise<Response> {
  return fetch(sandbox.origin + path)
}

function post(path: string, body: unknown): Promise<Response> {
  return fetch(sandbox.origin + path, { method: 'POST', body: JSON.stringify(body) })
}

async function identify(ws: string, userId: string, traits = {}): Promise<void> {
  await post('/v1/i', { writeKey: ws, userId, traits, messageId: `${ws}-${userId}` })
}

describe('workspaces', () => {
  test('are made on first use and know nothing of each other', async () => {
    await identify('one', 'ann')
    expect(sandbox.workspace('one').customerio.view().people).toMatchObject([{ id: 'ann' }])
    expect(sandbox.workspace('two').customerio.view().people).toEqual([])
    expect(sandbox.workspace('two')).toBe(sandbox.workspace('two'))
  })

  test('the settings name this sandbox and what is turned on', async () => {
    const { settings } = sandbox.workspace('shop')
    const read = async () => (await get('/v1/projects/shop/settings')).json()
    expect(await read()).toEqual({
      integrations: {
        'Customer.io Data Pipelines': {
          apiKey: 'shop',
          apiHost: `${new URL(sandbox.origin).host}/v1`,
          protocol: 'http',
        },
        'Customer.io In-App Plugin': { siteId: 'shop', _env: 'local', anonymousInApp: false },
      },
      remotePlugins: [],
    })
    Object.assign(settings, { inApp: false, fullstoryDestination: true })
    expect(await read()).toMatchObject({
      integrations: { 'fullstory-web': {} },
      remotePlugins: [{ name: 'fullstory-web', settings: { orgId: 'shop' } }],
    })
    expect((await read()).integrations).not.toHaveProperty('Customer.io In-App Plugin')
  })
})

describe('vendor files', () => {
  test('are the published ones, with nothing but the hosts changed', async () => {
    const text = await (await get('/sdk/gist.min.js')).text()
    for (const port of [3009, 3010, 9998]) expect(text).not.toContain(`localhost:${port}`)
    expect(text.split(sandbox.origin)).toHaveLength(5)
    const { readFile } = await import('node:fs/promises')
    const { createRequire } = await import('node:module')
    const published = await readFile(createRequire(import.meta.url).resolve('customerio-gist-web'), 'utf8')
    const restored = text
      .replaceAll(`${sandbox.origin}/in-app/queue`, 'http://localhost:3010')
      .replaceAll(`${sandbox.origin}/in-app/realtime`, 'http://localhost:3009')
      .replaceAll(sandbox.origin, 'http://localhost:9998')
    expect(restored === published).toBe(true)
  })

  test.each([
    '/v1/analytics-js/nothing.js',
    '/v1/analytics-js/..%2f..%2fpackage.json',
    '/sdk/umd/..%2findex.js',
  ])('%s is no file', async path => {
    expect((await get(path)).status).toBe(404)
  })
})

describe('any page may use it', () => {
  test('a preflight is answered, with what it asks for', async () => {
    const { status, headers } = await fetch(`${sandbox.origin}/in-app/queue/api/v4/users`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-headers': 'x-cio-site-id' },
    })
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe('https://shop.example')
    expect(headers.get('access-control-allow-headers')).toBe('x-cio-site-id')
  })

  test.each(['not json', '{}', '"text"'])('%s is no message', async body => {
    const { status } = await fetch(`${sandbox.origin}/v1/t`, { method: 'POST', body })
    expect(status).toBe(400)
  })

  test('without a user token there is no queue', async () => {
    const headers = { 'x-cio-site-id': 'shop' }
    const answer = await fetch(`${sandbox.origin}/in-app/queue/api/v4/users`, { method: 'POST', headers })
    expect(answer.status).toBe(401)
    expect((await get('/in-app/realtime/api/v3/sse?siteId=shop')).status).toBe(401)
  })
})

describe('tool API', () => {
  test('view: what both vendors received', async () => {
    await identify('view', 'ann', { tier: 'gold' })
    expect(await (await get('/api/view/view')).json()).toMatchObject({
      customerio: { people: [{ id: 'ann', attributes: { tier: { value: 'gold' } } }], connections: 0 },
      fullstory: { users: [], sessions: [], violations: [] },
    })
  })

  test('sessions: those where a user property has a value', async () => {
    const { fullstory } = sandbox.workspace('sessions')
    const context = { user: 'u1', session: 's1', page: 'p1' }
    fullstory.apply({
      stream: 'one',
      sessionUrlPrefix: 'https://story.example/',
      messages: [
        { ...context, seq: 0, at: 1, kind: 'page', url: 'https://shop.example' },
        {
          ...{ ...context, seq: 1, at: 2, kind: 'user-properties' },
          bag: { properties: { tier: 'gold' }, types: { tier: 'str' }, missingSuffix: [] },
        },
      ],
    })
    const count = async (query: string) =>
      ((await (await get(`/api/sessions/sessions?${query}`)).json()) as unknown[]).length
    expect(await count('property=tier&value=gold')).toBe(1)
    expect(await count('property=tier&value=none')).toBe(0)
    expect(await count('property=tier')).toBe(1)
    expect(await count('property=tier&type=str&value=gold')).toBe(1)
    expect(await count('property=tier&type=str&operator=contains&value=old')).toBe(1)
    expect(await count('property=tier&type=str&operator=contains&value=silver')).toBe(0)
    expect((await get('/api/sessions/sessions?property=tier&type=int&value=gold')).status).toBe(400)
    expect((await get('/api/sessions/sessions')).status).toBe(400)
  })

  test('inbox: pushes a message', async () => {
    const answer = await post('/api/inbox/inbox', { to: 'ann', topic: 'flags', properties: { vip: true } })
    const { queueId } = (await answer.json()) as { queueId: string }
    expect(sandbox.workspace('inbox').customerio.view().inbox).toMatchObject([
      { queueId, to: 'ann', topics: ['flags'], properties: { vip: true } },
    ])
    expect((await post('/api/inbox/inbox', { to: 'ann' })).status).toBe(400)
  })

  test('faults and settings: all of a change or nothing of it', async () => {
    const { faults, settings } = sandbox.workspace('change')
    const change = async (what: string, body: unknown) => (await post(`/api/change/${what}`, body)).status
    expect(await change('faults', { inApp: 500, fullstoryScript: { delayMs: 5 } })).toBe(200)
    expect(await change('faults', { inApp: 'ok', customerioScript: 'gone' })).toBe(400)
    expect(await change('faults', { toString: 'ok' })).toBe(400)
    expect(faults).toMatchObject({ inApp: 500, fullstoryScript: { delayMs: 5 }, customerioScript: 'ok' })
    expect(await change('settings', { anonymousInApp: true })).toBe(200)
    expect(await change('settings', { anonymousInApp: 'yes' })).toBe(400)
    expect(settings).toEqual({ inApp: true, anonymousInApp: true, fullstoryDestination: false })
  })

  test('a fault for the first requests only', async () => {
    const set = (fault: unknown) => post('/api/first/faults', { customerioSettings: fault })
    expect((await set({ first: 2, is: 'gone' })).status).toBe(400)
    expect((await set({ first: 2, is: 500 })).status).toBe(200)
    const ask = async () => (await get('/v1/projects/first/settings')).status
    expect([await ask(), await ask(), await ask()]).toEqual([500, 500, 200])
  })

  test('declare: for one vendor or both', async () => {
    expect((await post('/api/declare/declare', { customerio: { attributes: ['tier'] } })).status).toBe(200)
    await identify('declare', 'ann', { tier: 'gold', size: 'm' })
    expect(sandbox.workspace('declare').customerio.violations).toMatchObject([
      { rule: 'undeclared_attribute', detail: expect.stringContaining('size') },
    ])
    expect((await post('/api/declare/declare', { fullstory: { userProperties: 'tier' } })).status).toBe(400)
  })

  test('reset: of both vendors', async () => {
    await identify('reset', 'ann')
    await post('/api/reset/reset', {})
    expect(sandbox.workspace('reset').customerio.view().people).toEqual([])
  })

  test('live: one change for a burst, and none for another workspace', async () => {
    const [shop, browser] = await Promise.all([openShop(), launchBrowser()])
    const page = await browser.newPage()
    await page.goto(shop.page(''))
    await page.evaluate(async url => {
      window.seen = []
      const source = new EventSource(url)
      source.addEventListener('change', () => window.seen.push('change'))
      await new Promise(resolve => source.addEventListener('ready', resolve))
    }, `${sandbox.origin}/api/live/live`)
    const changes = () => page.evaluate(() => window.seen.length)
    sandbox.workspace('other').customerio.apply({ type: 'identify', userId: 'ann' })
    for (const userId of ['ann', 'bob', 'eve']) {
      sandbox.workspace('live').customerio.apply({ type: 'identify', userId })
    }
    await waitUntil(async () => (await changes()) === 1)
    sandbox.workspace('live').fullstory.reset()
    await waitUntil(async () => (await changes()) === 2)
    await browser.close()
    await shop.close()
  })
})

test('closing ends hanging answers and open streams', async () => {
  const another = await startSandbox()
  another.workspace('shop').faults.customerioSettings = 'hang'
  const hanging = fetch(`${another.origin}/v1/projects/shop/settings`).then(
    () => 'answered',
    () => 'cut',
  )
  const stream = await fetch(`${another.origin}/in-app/realtime/api/v3/sse?siteId=shop&userToken=YW5u`)
  const reader = stream.body?.getReader()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('event: connected')
  expect(another.workspace('shop').customerio.view().connections).toBe(1)
  await another.close()
  expect(await hanging).toBe('cut')
  await expect(fetch(`${another.origin}/api/shop/view`)).rejects.toThrow()
  await waitUntil(() => another.workspace('shop').customerio.view().connections === 0)
})
