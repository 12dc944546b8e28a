import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, names, openPage, openStage, type Stage, settled } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('what is said while the page is being left reaches FullStory', async () => {
  const store = stage.store()
  const { page, problems } = await openPage(
    await stage.visitor(),
    store.url({
      // Both before and after fs.js has heard that the page is being left.
      setup: `
        addEventListener('pagehide', () => bridge.track('leaving_early'))
        window.bridge = createBridge({ flags: plan })
        bridge.identify('cust_1')
        bridge.on('session', () => addEventListener('pagehide', () => {
          bridge.track('leaving_late')
          bridge.setFlags({ cart_abandoner_4h: true })
        }))`,
    }),
  )
  await settled(page, store)
  await page.goto('about:blank')
  const [session] = await eventually(
    () => store.fullstory.sessionsWhere('cart_abandoner_4h', 'true'),
    sessions => names(sessions[0]?.events).includes('leaving_late'),
    'the last words are there',
  )
  expect(session).toMatchObject({ uid: 'cust_1' })
  expect(names(session?.events)).toEqual(['leaving_early', 'leaving_late'])
  expect(store.fullstory.view().violations).toEqual([])
  expect(problems).toEqual([])
})
