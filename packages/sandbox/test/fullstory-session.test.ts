import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStage, openStarted, type Stage, sessionId, started } from './fullstory-stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

async function cookie(visitor: BrowserContext, name: string) {
  const found = (await visitor.cookies()).find(candidate => candidate.name === name)
  if (!found) throw new Error(`no cookie ${name}`)
  return found
}

async function rewrite(visitor: BrowserContext, name: string, change: (value: string) => string) {
  const current = await cookie(visitor, name)
  await visitor.addCookies([{ ...current, value: change(current.value) }])
}

describe('cookies', () => {
  test('fs_uid: first-party, one year, a hash once identified and none after anonymizing', async () => {
    const org = stage.org()
    const visitor = await stage.visitor()
    const page = await openStarted(visitor, org.page())
    const [user, session] = (await sessionId(page)).split(':')
    const anonymous = await cookie(visitor, 'fs_uid')
    expect(anonymous.value).toMatch(new RegExp(`^#${org.id}#${user}:${session}:\\d+::1/\\d+$`))
    expect(anonymous.domain).toBe('localhost')
    expect(anonymous.expires - Date.now() / 1000).toBeGreaterThan(364 * 24 * 3600)

    await page.evaluate(() => window.FS('setIdentity', { uid: 'ann' }))
    const identified = await cookie(visitor, 'fs_uid')
    expect(identified.value).toMatch(new RegExp(`^#${org.id}#${user}:${session}:\\d+::1#[0-9a-f]{8}#/\\d+$`))
    expect(identified.value).not.toContain('ann')

    await page.evaluate(() => window.FS('setIdentity', { anonymous: true }))
    await started(page)
    expect((await cookie(visitor, 'fs_uid')).value).toMatch(/^#[^#]+#[^#]+$/)
  })

  test('fs_lua holds the last activity, fs_cid the consent', async () => {
    const org = stage.org()
    const visitor = await stage.visitor()
    const before = Date.now()
    const page = await openStarted(visitor, org.page())
    const activity = Number((await cookie(visitor, 'fs_lua')).value.replace(/^1\./, ''))
    expect(activity).toBeGreaterThanOrEqual(before)
    expect(activity).toBeLessThanOrEqual(Date.now())
    await page.evaluate(() => window.FS('setIdentity', { consent: true }))
    expect((await cookie(visitor, 'fs_cid')).value).toBe('1.1')
  })

  test('a cookie of another org is not ours', async () => {
    const visitor = await stage.visitor()
    const first = await openStarted(visitor, stage.org().page())
    const other = await openStarted(visitor, stage.org().page())
    expect(await sessionId(other)).not.toBe(await sessionId(first))
  })
})

describe('session', () => {
  test('goes on across page loads, each of them a page', async () => {
    const org = stage.org()
    const visitor = await stage.visitor()
    const page = await openStarted(visitor, org.page())
    const first = await sessionId(page)
    const second = org.page()
    await page.goto(second)
    expect(await sessionId(page)).toBe(first)
    await org.settled(page)
    const { sessions } = org.collector.view()
    expect(sessions).toHaveLength(1)
    expect(sessions[0]).toMatchObject({ endedAt: null, pages: [{}, { url: second }] })
    expect((await cookie(visitor, 'fs_uid')).value).toContain('::2')
  })

  test.each([
    ['30 idle minutes', 'fs_lua', () => `1.${Date.now() - 30 * 60_000}`],
    ['24 hours', 'fs_uid', (value: string) => value.replace(/:\d+::/, `:${Date.now() - 24 * 3600_000}::`)],
    ['250 pages', 'fs_uid', (value: string) => value.replace(/::\d+/, '::250')],
  ])('ends after %s: a new one of the same user', async (_, name, change) => {
    const org = stage.org()
    const visitor = await stage.visitor()
    const page = await openStarted(visitor, org.page())
    await page.evaluate(() => window.FS('setIdentity', { uid: 'ann' }))
    const [user, session] = (await sessionId(page)).split(':')
    await org.settled(page)
    // A blank page: nothing writes to the cookie while it is changed.
    await page.goto('about:blank')
    await rewrite(visitor, name, change)
    await page.goto(org.page())
    const [sameUser, nextSession] = (await sessionId(page)).split(':')
    expect(sameUser).toBe(user)
    expect(nextSession).not.toBe(session)
    await org.settled(page)
    expect(org.collector.view().sessions.map(({ uid }) => uid)).toEqual(['ann', 'ann'])
  })

  test('hibernates after 30 idle minutes (reason 3) and wakes with a new session', async () => {
    const org = stage.org()
    const page = await (await stage.visitor()).newPage()
    await page.clock.install()
    const inline = `
      window.seen = []
      FS('observe', { type: 'start', callback: ({ sessionUrl }) => seen.push(sessionUrl) })
      FS('observe', { type: 'shutdown', callback: ({ reason }) => seen.push(reason) })
    `
    await page.goto(org.page({ inline }))
    await started(page)
    await page.clock.fastForward('31:00')
    await page.waitForFunction(() => window.seen.length === 2)
    await page.evaluate(() => window.FS('trackEvent', { name: 'said while asleep' }))

    await page.keyboard.press('Shift')
    await page.waitForFunction(() => window.seen.length === 3)
    await org.settled(page)
    const { sessions, users } = org.collector.view()
    expect(users).toHaveLength(1)
    expect(sessions).toMatchObject([
      { endReason: 3, events: [] },
      { events: [{ name: 'said while asleep' }, {}] },
    ])
    expect(await page.evaluate(() => window.seen)).toEqual([sessions[0]?.url, 3, sessions[1]?.url])
  })

  test('activity does not end a shutdown that the page asked for', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    await page.evaluate(() => window.FS('shutdown'))
    await page.keyboard.press('Shift')
    expect(await page.evaluate(() => window.FS('getSession') === undefined)).toBe(true)
  })
})
