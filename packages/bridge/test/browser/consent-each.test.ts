import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADA, expectHoldings, openBesideVendors, settle } from './identity-stage.ts'
import { openStage, type Stage } from './stage.ts'

/** Each tool has its own consent, and FullStory's capture ends with it; read from network, storage and the SDKs. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const create = (consent: unknown) => `
  window.bridge = createBridge({ flags: plan, consent: ${JSON.stringify(consent)} })
  bridge.identify('A', { traits: { email: 'ada@example.com' }, flags: { vip_tier: 'gold' } })
  bridge.track('first')`

const open = async (consent: unknown) => {
  const store = stage.store()
  const opened = await openBesideVendors(await stage.visitor(), store.url({ setup: create(consent) }))
  const { page } = opened
  return {
    ...opened,
    store,
    settle: () => settle(page, store),
    captures: () => page.evaluate(() => !!window.FS('getSession', { format: 'id' })),
  }
}

/** What each tool holds after everything was said to it, and after nothing was. */
const TOLD = {
  customerio: { people: { A: { traits: ADA, events: ['first'] } } },
  fullstory: { sessions: [{ uid: 'A', events: ['first'], flags: { vip_tier: 'gold' } }] },
}
const UNTOLD = { customerio: {}, fullstory: { sessions: [{}] } }

describe.each(['customerio', 'fullstory'] as const)('%s by itself', vendor => {
  const other = vendor === 'customerio' ? 'fullstory' : 'customerio'

  test.each(['pending', 'denied'] as const)(
    'is granted, the other %s: that hears nothing (CONSENT)',
    async no => {
      const opened = await open({ [vendor]: 'granted', [other]: no })
      await opened.settle()
      await expectHoldings(opened.store, { ...TOLD[vendor], ...UNTOLD[other] })
      expect(opened.chunks.some(file => file.includes(`find-${other}`))).toBe(false)
      expect(opened.problems).toEqual([])
    },
  )

  test('is granted first, the other later: all that was said (CONSENT)', async () => {
    const opened = await open({ [vendor]: 'granted' })
    await opened.settle()
    await opened.page.evaluate(name => window.bridge.setConsent({ [name]: 'granted' }), other)
    await opened.settle()
    await expectHoldings(opened.store, { ...TOLD[vendor], ...TOLD[other] })
  })

  test('is refused in the middle, and the other goes on (CONSENT)', async () => {
    const opened = await open('granted')
    await opened.settle()
    await opened.page.evaluate(name => {
      window.bridge.setConsent({ [name]: 'denied' })
      window.bridge.track('second')
    }, vendor)
    await opened.settle()
    const [person, session] = [{ ...TOLD.customerio.people.A }, { ...TOLD.fullstory.sessions[0] }]
    if (vendor === 'customerio') session.events = ['first', 'second']
    else person.events = ['first', 'second']
    await expectHoldings(opened.store, { people: { A: person }, sessions: [session] })
  })
})

test('neither is granted: nothing is loaded, called or stored', async () => {
  const opened = await open({ customerio: 'pending', fullstory: 'denied' })
  await opened.settle()
  await expectHoldings(opened.store, { ...UNTOLD.customerio, ...UNTOLD.fullstory })
  expect(opened.chunks).toEqual([])
  expect(await opened.page.evaluate(() => localStorage.getItem('retention_bridge'))).toBeNull()
})

test('a no shuts FullStory’s capture down, a yes starts it again for the same person (CONSENT)', async () => {
  const opened = await open('granted')
  await opened.settle()
  await opened.page.evaluate(() => window.bridge.setConsent('denied'))
  await expect.poll(opened.captures).toBe(false)
  await opened.page.evaluate(() => {
    window.bridge.track('silent')
    window.bridge.setConsent('granted')
  })
  await expect.poll(opened.captures).toBe(true)
  await opened.page.evaluate(() => window.bridge.track('again'))
  await opened.settle()
  const { sessions, violations } = opened.store.fullstory.view()
  expect(new Set(sessions.map(({ uid }) => uid))).toEqual(new Set(['A']))
  const events = sessions.flatMap(session => session.events.map(({ name }) => name))
  expect(events.filter(name => !name.startsWith('settled_'))).toEqual(['first', 'again'])
  expect(violations).toEqual([])
})

test('a capture that the page has ended stays ended', async () => {
  const opened = await open('granted')
  await opened.settle()
  await opened.page.evaluate(() => window.FS('shutdown'))
  await expect.poll(opened.captures).toBe(false)
  await opened.page.evaluate(() => {
    window.bridge.setConsent('denied')
    window.bridge.setConsent('granted')
  })
  const states = () =>
    opened.page.evaluate(() => Object.values(window.bridge.status().vendors).map(({ state }) => state))
  await expect.poll(states).toEqual(['ready', 'paused'])
  expect(await opened.captures()).toBe(false)
})
