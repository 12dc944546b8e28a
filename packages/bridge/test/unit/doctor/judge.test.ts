import { describe, expect, test } from 'vitest'
import { FINDINGS, type FindingCode } from '../../../src/doctor/finding.ts'
import { judge } from '../../../src/doctor/judge.ts'
import { facts, flag, warning } from './facts.ts'

type Change = Parameters<typeof facts>[0]

const found = (change?: Change) =>
  judge(facts(change)).findings.map(({ code, about, expected, got }) => [code, about, expected, got])

test('nothing is wrong', () => {
  expect(found()).toEqual([])
})

/** What makes each finding, and what is said of it. */
const TABLE: Record<
  FindingCode,
  [change: Change, about: string | undefined, expected: unknown, got: unknown]
> = {
  'ids-differ': [{ fs: { id: 'B' } }, 'fullstory', 'A', 'B'],
  namespace: [{ customerio: { namespace: ['x', 'y'] } }, 'customerio', 'x', 'y'],
  region: [{ fullstory: { region: ['eu1', 'na1'] } }, 'fullstory', 'eu1', 'na1'],
  csp: [
    { refused: [['connect-src', 'https://rs.fullstory.com/rec']] },
    'fullstory',
    'allowed',
    'connect-src https://rs.fullstory.com/rec',
  ],
  missing: [{ cio: { state: 'missing' } }, 'customerio', 'ready', 'missing'],
  blocked: [{ fs: { state: 'blocked', reason: 'Error loading' } }, 'fullstory', 'ready', 'Error loading'],
  hung: [{ fs: { state: 'hung' } }, 'fullstory', 'ready', 'hung'],
  disabled: [{ fs: { state: 'disabled' } }, 'fullstory', 'ready', 'disabled'],
  'dev-mode': [{ fullstory: { devMode: true } }, 'fullstory', 'off', 'on'],
  destination: [
    { status: { warnings: [warning('destination', 'customerio', 'Fullstory (Actions)')] } },
    'customerio',
    'off',
    'Fullstory (Actions)',
  ],
  'flag-other-type': [
    { status: { flags: { orders: flag(3) } }, fullstory: { properties: { orders: '3' } } },
    'orders',
    'number',
    'string',
  ],
  'flag-stale': [
    { status: { flags: { tier: flag('gold') } }, fullstory: { properties: { tier: 'none' } } },
    'tier',
    'gold',
    'none',
  ],
  'flag-unknown': [
    { status: { warnings: [warning('flag-unknown', 'teir')] } },
    'teir',
    'declared',
    'message',
  ],
  'flag-refused': [{ status: { warnings: [warning('flag-value', 'tier')] } }, 'tier', 'its type', 'message'],
  twice: [{ customerio: { twice: ['1', '2'] } }, 'customerio', '1', '2'],
  paused: [{ fs: { state: 'paused' } }, 'fullstory', 'ready', 'paused'],
  budget: [{ isNearLimit: true }, 'fullstory', '< 80 %', '> 80 %'],
  vendor: [
    { status: { warnings: [warning('vendor', 'customerio', 'Error: no')] } },
    'customerio',
    'no error',
    'Error: no',
  ],
  storage: [
    { status: { warnings: [warning('storage', 'localStorage')] } },
    'localStorage',
    'allowed',
    'refused',
  ],
  frame: [{ isFrame: true }, undefined, 'top', 'frame'],
  clock: [{ behind: 36e5 }, undefined, 'right', '3600 s behind'],
  consent: [
    { status: { consent: 'pending' }, cio: { consent: 'pending' }, fs: { consent: 'pending' } },
    undefined,
    'granted',
    'pending',
  ],
  impersonated: [{ status: { identity: { state: 'impersonated', id: null } } }, undefined, 'no', 'yes'],
  waiting: [{ fs: { state: 'waiting' } }, 'fullstory', 'ready', 'waiting'],
  'in-app': [{ customerio: { inApp: false } }, 'customerio', 'loaded', 'not loaded'],
}

test.each(Object.entries(TABLE))('%s', (code, [change, about, expected, got]) => {
  const { findings, answers } = judge(facts(change))
  const [severity, , todo] = FINDINGS[code as FindingCode]
  expect(findings).toEqual([{ code, severity, about, expected, got, todo, answers }])
  expect(todo).toMatch(/^[A-Z].+\.$/)
})

describe('ids', () => {
  test.each<[string, Change, unknown[][]]>([
    [
      'an SDK that cannot be asked differs from nobody',
      { cio: { id: undefined }, customerio: { token: undefined } },
      [],
    ],
    ['an anonymous SDK does', { cio: { id: null } }, [['ids-differ', 'customerio', 'A', null]]],
    ["Customer.io's own id of an e-mail link does not", { cio: { id: 'cio_1' } }, []],
    ['the token of in-app messages does', { customerio: { token: 'B' } }, [['ids-differ', 'gist', 'A', 'B']]],
    ['no snapshot, and the cookie of somebody', { fs: { id: undefined } }, []],
    [
      'no snapshot, and the cookie of nobody',
      { fs: { id: undefined }, fullstory: { identified: false } },
      [['ids-differ', 'fullstory', 'A', null]],
    ],
    ['neither snapshot nor cookie', { fs: { id: undefined }, fullstory: { identified: undefined } }, []],
    ['the snapshot is believed before the cookie', { fullstory: { identified: false } }, []],
  ])('%s', (_, change, expected) => {
    expect(found(change)).toEqual(expected)
  })
})

describe('flags', () => {
  const held = (value: Parameters<typeof flag>[0], property: unknown, more?: object): Change => ({
    status: { flags: { name: flag(value, more) } },
    fullstory: { properties: { name: property } },
  })
  const now = Date.now()
  test.each<[string, Change, unknown[][]]>([
    ['the same list', held(['a', 'b'], ['a', 'b']), []],
    ['another list', held(['a', 'b'], ['a']), [['flag-stale', 'name', 'a,b', 'a']]],
    ['a list for a text', held('a', ['a']), [['flag-other-type', 'name', 'string', 'list']]],
    ['a text for a list', held(['a'], 'a'), [['flag-other-type', 'name', 'list', 'string']]],
    ['set on an earlier page', held('a', undefined), []],
    ['not sent yet, so what is there is earlier', held('b', 'a', { sent: false }), []],
    ['time left', held(true, true, { expires: now + 1e6 }), []],
    [
      'over, and still on',
      held(true, true, { expires: now - 1 }),
      [['flag-stale', 'name', 'true', 'ran out']],
    ],
    [
      'ran out, and FullStory has not heard',
      held(false, true, { source: 'ttl', sent: false }),
      [['flag-stale', 'name', 'false', 'ran out']],
    ],
  ])('%s', (_, change, expected) => {
    expect(found(change)).toEqual(expected)
  })
})

test('warnings about what is over are no findings', () => {
  const warnings = ['id', 'email', 'event-name', 'field', 'option', 'other-uid'].map(code => warning(code))
  expect(found({ status: { warnings } })).toEqual([])
})

test.each(['flag-name', 'flag-type', 'flag-aliases', 'flag-limit', 'flag-sensitive'])(
  '%s is a refusal',
  code => {
    expect(found({ status: { warnings: [warning(code)] } }).map(([code]) => code)).toEqual(['flag-refused'])
  },
)

test('a policy that refuses an inline script is about a vendor that is missing', () => {
  const refused = [['script-src-elem', 'inline']] as const
  expect(found({ refused })).toEqual([])
  expect(found({ refused, fs: { state: 'missing' } }).map(([code]) => code)).toEqual(['csp', 'missing'])
})

test('consent of one tool names it', () => {
  expect(found({ status: { consent: 'denied' }, fs: { consent: 'denied' } })).toEqual([
    ['consent', 'fullstory', 'granted', 'denied'],
  ])
})

test('the worst comes first', () => {
  const severities = judge(
    facts({ isFrame: true, isNearLimit: true, customerio: { inApp: false }, fs: { state: 'blocked' } }),
  ).findings.map(({ severity }) => severity)
  expect(severities).toEqual(['error', 'warning', 'warning', 'info'])
  // So it does in the table, which the order is taken from.
  const order = Object.values(FINDINGS).map(([severity]) => ['error', 'warning', 'info'].indexOf(severity))
  expect(order).toEqual([...order].sort())
})
