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

const plainValues = (properties: Record<string, { value: unknown }> = {}) =>
  Object.fromEntries(Object.entries(properties).map(([name, { value }]) => [name, value]))

describe('uid', () => {
  test('placeholders and other types are refused', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    const refused = [
      '',
      '  ',
      '0',
      0,
      1,
      -1,
      'True',
      'FALSE',
      'N/A',
      'NaN',
      'undefined',
      'NULL',
      'nil',
      1.5,
      true,
    ]
    // Five at a time: ten within one second are the documented burst.
    await page.evaluate(uids => {
      for (const uid of uids) window.FS('setIdentity', { uid })
      window.FS('setIdentity', { uid: undefined })
      window.FS('setIdentity', { uid: { id: 'ann' } })
    }, refused)
    await org.settled(page)
    const { users, sessions, violations } = org.collector.view()
    expect(users).toMatchObject([{ uid: null }])
    expect(sessions).toMatchObject([{ identifyCalls: 0 }])
    expect(violations.filter(({ rule }) => rule === 'illegal_uid')).toHaveLength(refused.length + 2)
  })

  test('text is trimmed, integers are taken', async () => {
    const org = stage.org()
    const visit = async (uid: unknown) => {
      const page = await openStarted(await stage.visitor(), org.page())
      await page.evaluate(value => window.FS('setIdentity', { uid: value }), uid)
      await org.settled(page)
    }
    await visit(' ann ')
    await visit(1042)
    expect(org.collector.view().users.map(({ uid }) => uid)).toEqual(['ann', '1042'])
  })

  test('a refused uid still writes its properties to whoever is there', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    await page.evaluate(() => {
      window.FS('setIdentity', { uid: 'ann', properties: { plan: 'gold' } })
      window.FS('setIdentity', { uid: 'undefined', properties: { plan: 'of somebody else' } })
    })
    await org.settled(page)
    const { users, sessions } = org.collector.view()
    expect(users).toMatchObject([{ uid: 'ann', properties: { plan: { value: 'of somebody else' } } }])
    expect(sessions).toHaveLength(1)
  })

  test('more than 256 characters: the page goes on as identified, the server does not take it', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    await page.evaluate(() => window.FS('setIdentity', { uid: 'a'.repeat(257) }))
    await org.settled(page)
    const { users, violations } = org.collector.view()
    expect(users).toMatchObject([{ uid: null }])
    expect(violations).toMatchObject([{ rule: 'uid_too_long' }])
  })

  test('a property named uid identifies', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    await page.evaluate(() =>
      window.FS('setProperties', { type: 'user', properties: { uid: 'ann', plan: 'a' } }),
    )
    await org.settled(page)
    const { users, violations } = org.collector.view()
    expect(users).toMatchObject([{ uid: 'ann', properties: { plan: { value: 'a' } } }])
    expect(users[0]?.properties).not.toHaveProperty('uid')
    expect(violations).toMatchObject([{ rule: 'uid_in_properties' }])
  })

  test("displayName and email are the person's own, not properties", async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    await page.evaluate(() =>
      window.FS('setIdentity', { uid: 'ann', properties: { displayName: 'Ann', email: 'a@b.c' } }),
    )
    await org.settled(page)
    expect(org.collector.view().users).toMatchObject([{ displayName: 'Ann', email: 'a@b.c', properties: {} }])
  })
})

describe('transitions', () => {
  test('anonymous to identified: no split, earlier sessions of the browser belong to the person', async () => {
    const org = stage.org()
    const visitor = await stage.visitor()
    const url = org.page()
    const first = await openStarted(visitor, url)
    await first.evaluate(() => window.FS('trackEvent', { name: 'anonymous visit' }))
    await org.settled(first)
    await first.close()
    await expireSession(visitor)

    const page = await openStarted(visitor, url)
    const before = await sessionId(page)
    await page.evaluate(() => {
      window.FS('trackEvent', { name: 'before' })
      window.FS('setIdentity', { uid: 'ann', properties: { plan: 'gold' } })
      window.FS('trackEvent', { name: 'after' })
    })
    expect(await sessionId(page)).toBe(before)
    await org.settled(page)
    const { users, sessions } = org.collector.view()
    expect(users).toHaveLength(1)
    expect(sessions.map(({ uid }) => uid)).toEqual(['ann', 'ann'])
    expect(sessions[1]?.events.slice(0, 2)).toMatchObject([
      { name: 'before', uid: null },
      { name: 'after', uid: 'ann' },
    ])
    expect(org.collector.sessionsWhere('plan', 'gold')).toHaveLength(2)
  })

  test('the same uid again is harmless, also on the next page', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    await page.evaluate(() => {
      window.FS('setIdentity', { uid: 'ann' })
      window.FS('setIdentity', { uid: 'ann' })
    })
    const before = await sessionId(page)
    await org.settled(page)
    await page.reload()
    await started(page)
    await page.evaluate(() => window.FS('setIdentity', { uid: 'ann' }))
    expect(await sessionId(page)).toBe(before)
    await org.settled(page)
    expect(org.collector.view().sessions).toMatchObject([{ identifyCalls: 3, uid: 'ann', endedAt: null }])
  })

  test('a different uid splits: reason 4, new user, new session, calls on the right side of it', async () => {
    const org = stage.org()
    const inline = `
      window.seen = []
      FS('observe', { type: 'start', callback: ({ sessionUrl }) => seen.push(sessionUrl) })
      FS('observe', { type: 'shutdown', callback: ({ reason }) => seen.push(reason) })
    `
    const page = await openStarted(await stage.visitor(), org.page({ inline }))
    const during = await page.evaluate(async () => {
      window.FS('setIdentity', { uid: 'ann', properties: { plan: 'gold' } })
      window.FS('trackEvent', { name: 'of ann' })
      window.FS('setIdentity', { uid: 'bob', properties: { plan: 'none' } })
      window.FS('trackEvent', { name: 'of bob' })
      const read = window.FS('getSessionAsync') as Promise<unknown>
      return [window.FS('getSession') === undefined, await read.catch((error: Error) => error.message)]
    })
    expect(during).toEqual([true, 'Shutdown called.'])
    await started(page)
    await org.settled(page)
    const { users, sessions, violations } = org.collector.view()
    expect(users.map(({ uid, properties }) => [uid, plainValues(properties)])).toEqual([
      ['ann', { plan: 'gold' }],
      ['bob', { plan: 'none' }],
    ])
    expect(sessions).toMatchObject([
      { uid: 'ann', endReason: 4, identifyCalls: 1 },
      { uid: 'bob', endReason: null, identifyCalls: 1 },
    ])
    expect(sessions.map(({ events }) => eventNames(events))).toEqual([['of ann'], ['of bob']])
    expect(await page.evaluate(() => window.seen)).toEqual([sessions[0]?.url, 4, sessions[1]?.url])
    expect(sessions[0]?.url).not.toBe(sessions[1]?.url)
    expect(violations).toEqual([])
  })

  test('uids are compared with their case', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    await page.evaluate(() => {
      window.FS('setIdentity', { uid: 'ann' })
      window.FS('setIdentity', { uid: 'Ann' })
    })
    await started(page)
    await org.settled(page)
    expect(org.collector.view().sessions.map(({ uid }) => uid)).toEqual(['ann', 'Ann'])
  })

  test('a different uid after a page load splits, too: the cookie remembers who it was', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    await page.evaluate(() => window.FS('setIdentity', { uid: 'ann' }))
    await org.settled(page)
    await page.reload()
    await started(page)
    await page.evaluate(() => window.FS.identify('bob'))
    await started(page)
    await org.settled(page)
    const { sessions, violations } = org.collector.view()
    expect(sessions).toMatchObject([{ uid: 'ann', endReason: 4 }, { uid: 'bob' }])
    expect(violations).toEqual([])
  })

  test('anonymize: nothing for an anonymous visitor, a split to a new one for a person', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    const anonymous = await sessionId(page)
    await page.evaluate(() => window.FS('setIdentity', { anonymous: true }))
    expect(await sessionId(page)).toBe(anonymous)
    await page.evaluate(() => {
      window.FS('setIdentity', { uid: 'ann', properties: { plan: 'gold' } })
      window.FS('setIdentity', { anonymous: true })
      window.FS('trackEvent', { name: 'nobody knows' })
    })
    await started(page)
    await org.settled(page)
    const { users, sessions } = org.collector.view()
    expect(users).toMatchObject([{ uid: 'ann' }, { uid: null, properties: {} }])
    expect(sessions).toMatchObject([{ endReason: 4 }, { uid: null, events: [{ name: 'nobody knows' }, {}] }])
    expect(await page.evaluate(() => window.FS('getConfig'))).not.toHaveProperty('user')
  })

  test('FS.anonymize() and uid: false are the same', async () => {
    for (const anonymize of ['FS.anonymize()', "FS('setIdentity', { uid: false })"]) {
      const org = stage.org()
      const page = await openStarted(await stage.visitor(), org.page())
      await page.evaluate(`FS('setIdentity', { uid: 'ann' }); ${anonymize}`)
      await started(page)
      await org.settled(page)
      expect(org.collector.view().sessions.map(({ uid }) => uid)).toEqual(['ann', null])
    }
  })

  test('the same uid in two browsers is one person with both sessions', async () => {
    const org = stage.org()
    for (const plan of ['silver', 'gold']) {
      const page = await openStarted(await stage.visitor(), org.page())
      await page.evaluate(
        value => window.FS('setIdentity', { uid: 'ann', properties: { plan: value } }),
        plan,
      )
      await org.settled(page)
    }
    const { users, sessions } = org.collector.view()
    const [person, merged] = users
    expect(person).toMatchObject({ uid: 'ann', properties: { plan: { value: 'gold' } } })
    expect(merged).toMatchObject({ uid: null, mergedInto: person?.id, properties: {} })
    expect(sessions.map(({ userId, uid }) => [userId, uid])).toEqual([
      [person?.id, 'ann'],
      [person?.id, 'ann'],
    ])
  })

  test('logging in again after a logout: the visitor in between is the person, too', async () => {
    const org = stage.org()
    const page = await openStarted(await stage.visitor(), org.page())
    await page.evaluate(() => {
      window.FS('setIdentity', { uid: 'ann' })
      window.FS('setIdentity', { anonymous: true })
    })
    await started(page)
    await page.evaluate(() => window.FS('setIdentity', { uid: 'ann' }))
    await org.settled(page)
    expect(org.collector.view().sessions.map(({ uid }) => uid)).toEqual(['ann', 'ann'])
    expect(org.collector.view().users.filter(({ uid }) => uid === 'ann')).toHaveLength(1)
  })
})

describe('pre-load queue', () => {
  test('without a switch everything is recorded, before and after the login', async () => {
    const org = stage.org()
    const inline = `
      FS('trackEvent', { name: 'before' }); FS('setIdentity', { uid: 'ann' }); FS('trackEvent', { name: 'after' })
    `
    const page = await openStarted(await stage.visitor(), org.page({ inline }))
    await org.settled(page)
    const { sessions } = org.collector.view()
    expect(sessions.map(({ events }) => eventNames(events))).toEqual([['before', 'after']])
  })

  test('a switch discards everything queued before it', async () => {
    const org = stage.org()
    const inline = `
      window.seen = []
      FS('observe', { type: 'start', callback: () => seen.push('start') })
      FS('setIdentity', { uid: 'ann', properties: { plan: 'gold' } })
      FS('trackEvent', { name: 'of ann' })
      FS('trackEventAsync', { name: 'of ann, too' }).catch(error => seen.push(error.message))
      FS('setIdentity', { uid: 'bob' })
      FS('trackEvent', { name: 'of bob' })
    `
    const page = await openStarted(await stage.visitor(), org.page({ inline }))
    await org.settled(page)
    const { users, sessions } = org.collector.view()
    expect(users).toMatchObject([{ uid: 'bob', properties: {} }])
    expect(sessions.map(({ events }) => eventNames(events))).toEqual([['of bob']])
    expect(await page.evaluate(() => window.seen)).toEqual(['Shutdown called.', 'start'])
  })

  test('the cookie says who a queued uid would replace', async () => {
    const org = stage.org()
    const visitor = await stage.visitor()
    const page = await openStarted(visitor, org.page())
    await page.evaluate(() => window.FS('setIdentity', { uid: 'ann' }))
    await org.settled(page)
    await page.goto(
      org.page({ inline: "FS('trackEvent', { name: 'lost' }); FS('setIdentity', { uid: 'bob' })" }),
    )
    await started(page)
    await org.settled(page)
    const { sessions } = org.collector.view()
    expect(sessions.map(({ uid, events }) => [uid, eventNames(events)])).toEqual([
      ['ann', []],
      ['bob', []],
    ])
  })
})

/** As if the visitor had been away for 31 minutes. */
async function expireSession(visitor: Awaited<ReturnType<Stage['visitor']>>): Promise<void> {
  await waitUntil(async () => (await visitor.cookies()).some(({ name }) => name === 'fs_lua'))
  const lua = (await visitor.cookies()).find(({ name }) => name === 'fs_lua')
  if (lua) await visitor.addCookies([{ ...lua, value: `1.${Date.now() - 31 * 60_000}` }])
}
