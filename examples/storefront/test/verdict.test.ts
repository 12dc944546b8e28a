import type { CioPerson, SessionView } from '@retention-bridge/sandbox'
import { expect, test } from 'vitest'
import type { Views } from '../src/inspector/sandbox-api.ts'
import { findSubject } from '../src/inspector/subject.ts'
import { verdictOn } from '../src/inspector/verdict.ts'

const ada: CioPerson = {
  cioId: '0a1b',
  id: 'cust_1042',
  email: 'ada@example.com',
  attributes: {},
  anonymousIds: ['anonymous-1'],
  events: [],
  pages: [],
  identifyCalls: 1,
}

/** Customer.io knows Ada; FullStory recorded one session after the other, for these. */
function viewsWith(...uids: (string | null)[]): Views {
  const sessions = uids.map((uid, index): SessionView => {
    const userId = `user-${index}`
    const id = `${userId}:session`
    const url = `http://localhost/ui/storefront/session/${encodeURIComponent(id)}`
    const startedAt = index * 1000
    return {
      id,
      url,
      userId,
      uid,
      startedAt,
      endedAt: null,
      endReason: null,
      pages: [],
      events: [],
      identifyCalls: 1,
    }
  })
  return {
    customerio: { people: [ada], anonymous: [], calls: [], violations: [], inbox: [], connections: 0 },
    fullstory: {
      users: sessions.map(({ userId, uid }) => ({ id: userId, uid, properties: {} })),
      sessions,
      violations: [],
    },
  }
}

/** The shop says it is Ada, while FullStory records the session with this number. */
function verdictIn(views: Views, session: number) {
  const sessionUrl = `${views.fullstory.sessions[session]?.url}%3A1700000000000`
  const reported = { id: 'cust_1042', anonymousId: 'anonymous-1', sessionUrl }
  return verdictOn(findSubject(views, { kind: 'visitor', reported }))
}

test('one ID in both tools is the same person', () => {
  expect(verdictIn(viewsWith('cust_1042'), 0)).toMatchObject({ kind: 'same', sign: '=' })
})

test('a session that is recorded for somebody else is a disagreement, even if Ada has one too', () => {
  const verdict = verdictIn(viewsWith('cust_1042', 'cust_2210'), 1)
  expect(verdict).toMatchObject({ kind: 'different', sign: '≠' })
  expect(verdict.detail).toContain('cust_1042')
  expect(verdict.detail).toContain('cust_2210')
})

test('a session that is still anonymous is a disagreement', () => {
  expect(verdictIn(viewsWith(null), 0)).toMatchObject({ kind: 'different' })
})

test('a tool that has received nothing is waited for', () => {
  expect(verdictIn(viewsWith(), 0)).toMatchObject({ kind: 'waiting', title: 'Waiting for FullStory' })
})

test('without a word from the shop, the latest session counts', () => {
  const views = viewsWith('cust_1042', null)
  const { fullstory } = findSubject(views, { kind: 'visitor', reported: null })
  expect(fullstory?.user.id).toBe('user-1')
})
