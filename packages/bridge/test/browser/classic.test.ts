import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allAre, holdScript, ids, openClassicStage } from './classic-stage.ts'
import { AUTO, becomes, violations } from './found-sdk.ts'
import { names, settled, type Way } from './stage.ts'

let stage: Awaited<ReturnType<typeof openClassicStage>>
beforeAll(async () => {
  stage = await openClassicStage()
})
afterAll(() => stage.close())

describe.each<Way>(['esm', 'script tag'])('%s', way => {
  test('ORDER: calls made before the script has loaded arrive in order, each with its person', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const release = await holdScript(visitor)
    const setup = `${AUTO}
      bridge.identify('A', { traits: { email: 'a@example.com' } }); bridge.track('one'); bridge.logout()
      bridge.track('between'); bridge.identify('B'); bridge.track('two')`
    const { page, problems } = await stage.open(store, { way, setup }, visitor)
    const before = await page.evaluate(() => window.bridge.status().vendors.customerio)
    expect(before).toMatchObject({ state: 'waiting', held: 4 })
    expect(await page.evaluate(() => Object(window)._cio.length)).toBe(0)
    release()
    await settled(page, store)

    expect(store.customerio.person('A')).toMatchObject({ email: 'a@example.com', identifyCalls: 1 })
    expect(names(store.customerio.person('A')?.events)).toEqual(['one'])
    // What happens between two people belongs to the one who comes.
    expect(names(store.customerio.person('B')?.events)).toEqual(['between', 'two'])
    expect(await ids(page)).toEqual(allAre('B'))
    const { api } = await becomes(page, 'ready')
    expect(api).toBe('classic')
    expect(violations(store)).toEqual([])
    expect(problems).toEqual([])
  })

  test('STITCH, ONCE, NO-LEAK: browse, log in, next page, switch, log out', async () => {
    const store = stage.store()
    const { page, problems } = await stage.open(store, { way })
    await page.evaluate(() => window.bridge.track('browsed'))
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre(null))
    const { anonymousId } = await page.evaluate(() => window.bridge.status().vendors.customerio)
    expect(store.customerio.view().anonymous).toMatchObject([{ anonymousId }])

    const result = await page.evaluate(() =>
      window.bridge.identify('ada', { traits: { first_name: 'Ada', email: 'ada@example.com' } }),
    )
    expect(result).toMatchObject({ outcome: 'stitched', id: 'ada', anonymousId })
    await page.evaluate(() => window.bridge.track('bought', { price: 12.5 }))
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre('ada'))

    await page.goto(stage.url(store, { way }))
    await page.waitForFunction(() => window.loaded)
    await page.evaluate(() => {
      window.bridge.identify('ada', { traits: { email: 'ada@example.com' } })
      window.bridge.track('came_back')
    })
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre('ada'))
    expect(store.customerio.person('ada')).toMatchObject({
      email: 'ada@example.com',
      attributes: { first_name: { value: 'Ada' } },
      anonymousIds: [anonymousId],
      identifyCalls: 1,
    })

    await page.evaluate(() => {
      window.bridge.identify('bob', { traits: { first_name: 'Bob' } })
      window.bridge.track('bobs')
    })
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre('bob'))
    await page.evaluate(() => {
      window.bridge.logout()
      window.bridge.track('nobodys')
    })
    await settled(page, store)
    expect(await ids(page)).toEqual(allAre(null))

    const { people, anonymous } = store.customerio.view()
    expect(people.map(({ id, events }) => [id, names(events)])).toEqual([
      ['ada', ['browsed', 'bought', 'came_back']],
      ['bob', ['bobs']],
    ])
    expect(store.customerio.person('bob')?.attributes).toEqual({
      first_name: { value: 'Bob', at: expect.any(Number) },
    })
    expect(anonymous.map(({ events }) => names(events))).toEqual([['nobodys']])
    const sessions = store.fullstory.view().sessions.map(({ uid, events }) => [uid, names(events)])
    expect(sessions).toEqual([
      ['ada', ['browsed', 'bought', 'came_back']],
      ['bob', ['bobs']],
      [null, ['nobodys']],
    ])
    expect(violations(store)).toEqual([])
    expect(problems).toEqual([])
  })
})
