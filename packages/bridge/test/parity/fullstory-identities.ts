import type { Sequence } from './sequence.ts'

export const fullstoryIdentities: Sequence[] = [
  {
    what: 'an anonymous visitor who is identified: one session, one person',
    run: ({ FS }) => {
      FS('setProperties', { type: 'user', properties: { vip_tier: 'gold' } })
      FS('trackEvent', { name: 'before', properties: {} })
      FS('setIdentity', { uid: 'A', properties: { visits: 3 } })
      FS('trackEvent', { name: 'after', properties: {} })
      FS('setIdentity', { uid: 'A' })
    },
    expected: {
      sessions: [['A', ['before', 'after']]],
      properties: { A: { vip_tier: 'gold', visits: 3 } },
    },
  },
  {
    what: 'another uid: the session is split, and each has what was said of them',
    run: async ({ FS, started }) => {
      const seen: unknown[] = []
      const url = FS('getSession')
      FS('observe', { type: 'shutdown', callback: ({ reason }: { reason: number }) => seen.push(reason) })
      FS('observe', { type: 'start', callback: () => seen.push('start') })
      FS('setIdentity', { uid: 'A', properties: { vip_tier: 'gold' } })
      FS('trackEvent', { name: 'of_A', properties: {} })
      FS('setIdentity', { uid: 'a' })
      FS('trackEvent', { name: 'of_a', properties: {} })
      const during = FS('getSession')
      await started()
      return [seen, during === undefined, FS('getSession') === url, FS('getConfig')?.toString()]
    },
    answers: [[4, 'start', 'start'], true, false, '[object Object]'],
    expected: {
      sessions: [
        ['A', ['of_A'], 4],
        ['a', ['of_a']],
      ],
      properties: { A: { vip_tier: 'gold' }, a: {} },
    },
  },
  {
    what: 'calls in the middle of a switch: sync ones are kept, async ones rejected',
    run: async ({ FS, started }) => {
      FS('setIdentity', { uid: 'A' })
      FS('setIdentity', { uid: 'B' })
      const lost = await (FS('trackEventAsync', { name: 'lost' }) as Promise<unknown>).catch(String)
      FS('trackEvent', { name: 'kept' })
      await started()
      return [lost, await FS('trackEventAsync', { name: 'async' })]
    },
    answers: ['Error: Shutdown called.', null],
    expected: {
      sessions: [
        ['A', [], 4],
        ['B', ['kept', 'async']],
      ],
    },
  },
  {
    what: 'nobody known any more: split; nobody known at all: nothing',
    run: async ({ FS, started }) => {
      FS('setIdentity', { anonymous: true })
      FS('trackEvent', { name: 'first' })
      FS('setIdentity', { uid: 'A' })
      FS('setIdentity', { anonymous: true })
      FS('trackEvent', { name: 'second' })
      await started()
      FS('setIdentity', { anonymous: true })
      return FS('getConfig') && Object.keys(FS('getConfig') as object)
    },
    answers: ['env'],
    expected: {
      sessions: [
        ['A', ['first'], 4],
        [null, ['second']],
      ],
    },
  },
  {
    what: 'back again: the same person in another session, with what they had',
    run: async ({ FS, started }) => {
      for (const uid of ['A', 'B', 'A']) {
        FS('setIdentity', { uid, properties: { [`of_${uid}`]: true } })
        await started()
      }
      return (FS('getConfig') as { user: unknown }).user
    },
    answers: { uid: 'A', properties: { of_A: true } },
    expected: {
      sessions: [
        ['A', [], 4],
        ['B', [], 4],
        ['A', []],
      ],
      properties: { A: { of_A: true }, B: { of_B: true } },
    },
  },
  {
    what: 'placeholders are no uid, and what was said with one is said of whoever is there',
    run: ({ FS }) => {
      FS('setIdentity', { uid: 'A' })
      for (const uid of ['', ' ', '0', 0, 1, -1, 'TRUE', 'n/a', 'NaN', 'undefined', null, 'nil'])
        FS('setIdentity', { uid })
      FS('setIdentity', { uid: 1.5, properties: { vip_tier: 'gold' } })
    },
    expected: {
      rules: [
        ...Array(9).fill('illegal_uid'),
        'user_rate_second',
        'illegal_uid',
        'user_rate_second',
        'illegal_uid',
        'user_rate_second',
        'illegal_uid',
        'user_rate_second',
        'illegal_uid',
      ],
      sessions: [['A', []]],
      properties: { A: { vip_tier: 'gold' } },
    },
  },
  {
    what: 'uids are trimmed, may be integers, and are too long for the server only',
    run: async ({ FS, started }) => {
      FS('setIdentity', { uid: ' 42 ' })
      FS('setIdentity', { uid: 42 })
      FS('setIdentity', 'B')
      await started()
      FS('setIdentity', { uid: 'x'.repeat(257) })
      await started()
      FS('setIdentity', false)
      await started()
      return FS('getConfig') && Object.keys(FS('getConfig') as object)
    },
    answers: ['env'],
    expected: {
      rules: ['uid_too_long'],
      sessions: [
        ['42', [], 4],
        ['B', [], 4],
        [null, [], 4],
        [null, []],
      ],
    },
  },
  {
    what: 'a user property uid identifies',
    run: ({ FS }) => {
      FS('setProperties', { type: 'user', properties: { uid: 'A', vip_tier: 'gold' } })
      FS('setIdentity', { uid: 'A', properties: { uid: 'B' } })
      FS('setProperties', { type: 'user', properties: { uid: '0', visits: 1 } })
    },
    expected: {
      rules: ['uid_in_properties', 'uid_in_properties', 'uid_in_properties', 'illegal_uid'],
      sessions: [['A', []]],
      properties: { A: { vip_tier: 'gold', visits: 1 } },
    },
  },
]
