import { expect, test } from 'vitest'
import { FullStoryCollector } from '../src/fullstory/collector.ts'

const VALUES: [name: string, type: string, value: unknown][] = [
  ['vip', 'bool', true],
  ['visits', 'int', 3],
  ['aov', 'real', 12.5],
  ['plan', 'str', 'gold'],
  ['since', 'date', '2026-01-31T12:00:00Z'],
  ['tags', 'strs', ['new', 'fan']],
  ['nothing', 'str', null],
]

/** An org in which one user after the other has said these things, each in a session of their own. */
const org = (...users: [name: string, type: string, value: unknown][][]) => {
  const collector = new FullStoryCollector()
  for (const [index, said] of users.entries())
    collector.apply({
      stream: `stream ${index}`,
      sessionUrlPrefix: '',
      messages: said.map(([name, type, value], seq) => ({
        ...{ user: `user ${index}`, session: 's', page: 'p', seq, at: seq, kind: 'user-properties' },
        bag: { properties: { [name]: value }, types: { [name]: type }, missingSuffix: [] },
      })),
    })
  return collector
}

const found = (
  collector: FullStoryCollector,
  property: string,
  type: string,
  operator: string,
  value: string,
) => collector.sessionsMatching({ property, type, operator, value })?.map(({ id }) => id) ?? null

test.each<[string, string, operator: string, finds: string, findsNot: string]>([
  ['vip', 'bool', 'is', 'true', 'false'],
  ['visits', 'int', 'is', '3', '4'],
  ['visits', 'int', 'greater than', '2', '3'],
  ['visits', 'int', 'less than', '4', '3'],
  ['aov', 'real', 'is', '12.50', '12'],
  ['aov', 'real', 'greater than', '12.4', '12.5'],
  ['aov', 'real', 'less than', '12.6', '12.5'],
  ['plan', 'str', 'is', 'gold', 'Gold'],
  ['plan', 'str', 'contains', 'ol', 'silver'],
  ['since', 'date', 'is', '2026-01-31T13:00:00+01:00', '2026-01-31'],
  ['since', 'date', 'after', '2026-01-31', '2026-02-01'],
  ['since', 'date', 'before', '2026-02-01', '2026-01-31'],
  ['tags', 'strs', 'is', 'fan', 'fans'],
  ['tags', 'strs', 'contains', 'ew', 'fans'],
])('%s, a %s, %s %s, and not %s', (property, type, operator, finds, findsNot) => {
  const collector = org(VALUES)
  expect(found(collector, property, type, operator, finds)).toEqual(['user 0:s'])
  expect(found(collector, property, type, operator, findsNot)).toEqual([])
})

test('the org has one type for a name: by another one nothing is found, and a value of another one is not kept', () => {
  const collector = org([['visits', 'int', 3]], [['visits', 'real', 3]], [['visits', 'int', 3]])
  expect(collector.userPropertyType('visits')).toBe('int')
  expect(found(collector, 'visits', 'int', 'is', '3')).toEqual(['user 0:s', 'user 2:s'])
  expect(found(collector, 'visits', 'real', 'is', '3')).toEqual([])
  expect(found(collector, 'visits', 'ints', 'is', '3')).toEqual([])
})

test('nothing is found by a name that nobody sent, nor by one whose value is null', () => {
  const collector = org(VALUES)
  expect(found(collector, 'other', 'str', 'is', 'gold')).toEqual([])
  expect(found(collector, 'nothing', 'str', 'contains', '')).toEqual([])
})

test.each([
  ['vip', 'bool', 'is', 'yes'],
  ['visits', 'int', 'is', '3.5'],
  ['visits', 'int', 'contains', '3'],
  ['aov', 'real', 'is', 'much'],
  ['plan', 'str', 'greater than', 'gold'],
  ['since', 'date', 'after', 'yesterday'],
  ['plan', 'enum', 'is', 'gold'],
])('there is no filter: %s, a %s, %s %s', (property, type, operator, value) => {
  expect(found(org(VALUES), property, type, operator, value)).toBeNull()
})
