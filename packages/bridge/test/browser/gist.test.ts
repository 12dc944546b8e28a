import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AUTO, becomes, violations } from './found-sdk.ts'
import { allAre, ids, inboxOf, openGistStage, settled, stored, told, WATCHED } from './gist-stage.ts'
import { holdScripts, names, openPage, type Way } from './stage.ts'

let stage: Awaited<ReturnType<typeof openGistStage>>
beforeAll(async () => {
  stage = await openGistStage()
})
afterAll(() => stage.close())

describe.each<Way>(['esm', 'script tag'])('%s', way => {
  test('ONE-ID, NO-LEAK: browse, log in, switch, log out', async () => {
    const store = stage.store()
    for (const of of ['ada', 'bob']) store.customerio.pushInbox({ to: of, properties: { of } })
    const { page, problems } = await stage.open(store, { way })
    await page.evaluate(() => window.bridge.track('browsed'))
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre(null))

    for (const id of ['ada', 'bob']) {
      await page.evaluate(id => {
        window.bridge.identify(id, { traits: { first_name: id }, flags: { vip_tier: 'gold' } as object })
        window.bridge.track(`of_${id}`)
      }, id)
      await settled(page, store)
      expect(await ids(page)).toEqual(allAre(id))
      expect(await inboxOf(page)).toEqual([{ of: id }])
    }
    await page.evaluate(() => window.bridge.logout())
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre(null))

    expect((await becomes(page, 'ready')).api).toBe('gist')
    const sessions = store.fullstory.view().sessions.map(({ uid, events }) => [uid, names(events)])
    expect(sessions).toEqual([
      ['ada', ['browsed', 'of_ada']],
      ['bob', ['of_bob']],
      [null, []],
    ])
    // Gist carries who it is, and nothing else.
    expect(store.customerio.view()).toMatchObject({ people: [], anonymous: [], calls: [] })
    expect(violations(store)).toEqual([])
    expect(problems).toEqual([])
  })
})

test('ORDER: calls made before Gist is there are told in order', async () => {
  const store = stage.store()
  const visitor = await stage.visitor()
  const release = await holdScripts(visitor, ['**/gist.min.js'])
  const setup = `${AUTO} bridge.identify('A'); bridge.logout(); bridge.identify('B'); ${WATCHED}`
  const { page, problems } = await openPage(
    visitor,
    stage.url(store, { setup: `(async () => { ${setup} })()`, gist: { setup: false } }),
  )
  await page.evaluate(() => window.bridge.status())
  release()
  await page.waitForFunction(() => 'Gist' in window)
  expect((await page.evaluate(() => window.bridge.status().vendors.customerio)).held).toBe(1)
  await page.evaluate(siteId => Object(window).Gist.setup({ siteId, env: 'local' }), store.id)
  await settled(page, store)
  expect(await ids(page)).toEqual(allAre('B'))
  expect(problems).toEqual([])
})

test('ONCE: the same person on the next page is not told again; what they left is', async () => {
  const store = stage.store()
  const setup = `${WATCHED}; ${AUTO} bridge.identify('ada')`
  const { page } = await stage.open(store, { setup })
  await settled(page, store)
  expect(await told(page)).toEqual([['setUserToken', 'ada']])
  await page.goto(stage.url(store, { setup }))
  await page.waitForFunction(() => window.loaded)
  await settled(page, store)
  expect(await told(page)).toEqual([])
  expect(await ids(page)).toEqual(allAre('ada'))
  await page.evaluate(() => window.bridge.logout())
  await settled(page, store)
  expect(await told(page)).toEqual([['clearUserToken']])
})

test('a guest session counts as anonymous, before a person and after', async () => {
  const store = stage.store()
  const { page } = await stage.open(store, { gist: { useAnonymousSession: true } })
  await settled(page, store)
  const guest = await stored(page, 'userToken')
  expect(guest).toMatch(/^[\da-f-]{36}$/)
  expect(await ids(page)).toEqual({ ...allAre(null), token: guest })
  await page.evaluate(() => window.bridge.identify('ada'))
  await settled(page, store)
  expect(await ids(page)).toEqual(allAre('ada'))
  await page.evaluate(() => window.bridge.logout())
  await settled(page, store)
  // Gist goes on with the same guest.
  expect(await ids(page)).toEqual({ ...allAre(null), token: guest })
})
