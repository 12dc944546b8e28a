import { expect, test } from 'vitest'
import { FINDINGS } from '../../../src/doctor/finding.ts'
import { judge } from '../../../src/doctor/judge.ts'
import { deliveryOf, reportOf, viewOf } from '../../../src/doctor/panel-view.ts'
import { WORDS } from '../../../src/doctor/panel-words.ts'
import { facts, flag, warning } from './facts.ts'

const NOW = Date.UTC(2026, 0, 31, 12)
const MINUTE = 6e4

const view = (change?: Parameters<typeof facts>[0], isShown = false) => {
  const known = facts(change)
  return viewOf(known.status, judge(known), [], NOW, isShown)
}

test('before anything is known', () => {
  const { status } = facts()
  expect(viewOf(status, undefined, [], NOW, true).summary).toBe('Looking …')
})

test('how many there are of each kind', () => {
  expect(view().summary).toBe('All is well.')
  expect(
    view({ fs: { state: 'blocked' }, isFrame: true, isNearLimit: true, customerio: { inApp: false } })
      .summary,
  ).toBe('1 problem, 2 warnings, 1 note')
})

test.each([
  [0, 'just now'],
  [MINUTE, '1 min ago'],
  [99 * MINUTE, '99 min ago'],
  [100 * MINUTE, '2 h ago'],
  [47 * 60 * MINUTE, '47 h ago'],
  [48 * 60 * MINUTE, '2 days ago'],
])('%d ms are %s', (age, words) => {
  const { flags } = view({ status: { flags: { tier: flag('gold', { at: NOW - age }) } } })
  expect(flags).toEqual([{ title: 'tier', value: 'gold', details: [`${words}, by page`] }])
})

test.each([
  [NOW + 90 * MINUTE, 'just now, by page · runs out in 90 min'],
  [NOW, 'just now, by page · ran out'],
])('a flag that runs out', (expires, words) => {
  const { flags } = view({ status: { flags: { tier: flag('gold', { at: NOW, expires }) } } })
  expect(flags[0]?.details).toEqual([words])
})

test('what personal data there is, is masked: in values, in findings, in what they are about', () => {
  const change = {
    status: {
      identity: { state: 'known' as const, id: 'cust_1042' },
      flags: { note: flag('ask ada@example.com') },
      warnings: [warning('flag-value', 'ada@example.com', 'got ada@example.com')],
    },
    cio: { id: 'bob@example.com' },
    fs: { id: 'somebody_else' },
    customerio: { token: 'cust_1042' },
  }
  const masked = JSON.stringify(view(change))
  for (const personal of ['ada@', 'bob@', 'cust_1042', 'somebody_else'])
    expect(masked).not.toContain(personal)
  const shown = JSON.stringify(view(change, true))
  for (const personal of ['ada@', 'bob@', 'cust_1042', 'somebody_else']) expect(shown).toContain(personal)
})

test('a name with a replacement pattern in it is shown as it is', () => {
  const { findings } = view({ status: { warnings: [warning('flag-unknown', "a$&b$'")] } })
  expect(findings[0]?.title).toBe("Warning: a$&b$' is not a declared flag.")
})

test('a long value is cut', () => {
  const { flags } = view({ status: { flags: { note: flag('x'.repeat(2700)) } } })
  expect(flags[0]?.value).toHaveLength(200)
})

test('a build of FullStory that does not say whom it has', () => {
  const people = view({ fs: { id: undefined } }).people.map(({ value }) => value)
  expect(people).toEqual(['…', '…', '…', 'somebody'])
})

test('a delivery names what was said, and no value', () => {
  const step = { vendor: 'fullstory', n: 1, properties: { tier: 'gold' }, types: {} } as const
  expect(deliveryOf({ ...step, kind: 'update' }, NOW)).toMatchObject({
    what: 'update tier',
    result: 'delivered',
  })
  expect(deliveryOf({ ...step, kind: 'track', name: 'paid', reason: 'full' }, NOW)).toMatchObject({
    what: 'track paid',
    result: 'dropped: full',
  })
})

test('words for every finding, with the place of what it is about', () => {
  expect(Object.keys(WORDS)).toEqual(Object.keys(FINDINGS))
})

test('the report has all of it', () => {
  const report = reportOf(
    view({ fs: { state: 'blocked' } }),
    'https://app.fullstory.com/session',
    new Date(NOW),
  )
  expect(report).toBe(`Retention Bridge, 2026-01-31T12:00:00.000Z: 1 problem

people:
- Retention Bridge … known
- Customer.io … ready · 1 delivered
- Customer.io in-app messages …
- FullStory … blocked · 1 delivered

findings:
- Problem: FullStory could not be loaded. ${WORDS.blocked[1]} Is: blocked. Should be: ready. What to do: ${FINDINGS.blocked[2]}

replay: https://app.fullstory.com/session`)
})
