import type { Sequence } from './sequence.ts'

const identities: Sequence[] = [
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

const properties: Sequence[] = [
  {
    what: 'types of a schema, and those that are inferred without one',
    run: ({ FS }) => {
      FS('setProperties', {
        type: 'user',
        properties: {
          count: 1,
          price: 1.5,
          name: 'x',
          yes: true,
          on: '2026-01-31',
          since: new Date(0),
          tags: ['a', 'b'],
          free: 2,
          nothing: null,
          gone: undefined,
          no_number: Number.NaN,
        },
        schema: {
          properties: { count: 'int', price: 'real', name: 'str', yes: 'bool', on: 'date', tags: 'strs' },
        },
      })
    },
    expected: {
      properties: {
        '': {
          count: 1,
          price: 1.5,
          name: 'x',
          yes: true,
          on: '2026-01-31',
          since: '1970-01-01T00:00:00.000Z',
          tags: ['a', 'b'],
          free: 2,
          nothing: null,
          no_number: null,
        },
      },
    },
  },
  {
    what: 'values of another type, types that are none, and a name that changes its type',
    run: ({ FS }) => {
      const set = (properties: object, schema: object) =>
        FS('setProperties', { type: 'user', properties, schema: { properties: schema } })
      set(
        { half: 1.5, word: 1, when: 'soon', what: 1 },
        { half: 'int', word: 'str', when: 'date', what: 'number' },
      )
      set({ count: 1 }, { count: 'int' })
      set({ count: '2' }, { count: 'str' })
      // A flat schema says nothing: the number is a real one.
      FS('setProperties', { type: 'user', properties: { flat: 1 }, schema: { flat: 'int' } })
    },
    expected: {
      rules: ['type_mismatch', 'type_mismatch', 'type_mismatch', 'unknown_type', 'type_conflict'],
      properties: { '': { count: 1, flat: 1 } },
    },
  },
  {
    what: 'reserved names are texts, of users and pages; names that are none',
    run: ({ FS }) => {
      FS('setProperties', {
        type: 'user',
        properties: {
          email: 'ada@example.com',
          displayName: 'Ada',
          'vip-tier': 1,
          _hidden: 1,
          '1st': 1,
          ['x'.repeat(513)]: 1,
        },
      })
      FS('setProperties', { type: 'user', properties: { email: 42 } })
      FS('setProperties', { type: 'page', properties: { pageName: 'Checkout', step: 2, 'a b': 1 } })
    },
    expected: {
      // Integers come first in objects.
      rules: [
        'illegal_name',
        'illegal_name',
        'illegal_name',
        'name_too_long',
        'type_mismatch',
        'illegal_name',
      ],
      properties: { '': { email: 'ada@example.com', displayName: 'Ada' } },
    },
  },
  {
    what: 'sizes: a value, a payload, the name of an event',
    run: ({ FS }) => {
      FS('setProperties', { type: 'user', properties: { fits: 'x'.repeat(8192), wide: 'ü'.repeat(4097) } })
      const many = Object.fromEntries(Array.from({ length: 70 }, (_, n) => [`p${n}`, 'x'.repeat(8000)]))
      FS('trackEvent', { name: 'too_much', properties: many })
      for (const name of ['', 'x'.repeat(251), undefined, 42]) FS('trackEvent', { name, properties: {} })
      FS('trackEvent', { name: 'x'.repeat(250), properties: {} })
    },
    expected: {
      rules: ['value_too_large', 'payload_too_large', ...Array(4).fill('event_name_length')],
      properties: { '': { fits: 'x'.repeat(8192) } },
      sessions: [[null, ['x'.repeat(250)]]],
    },
  },
  {
    what: 'objects are for events only',
    run: ({ FS }) => {
      FS('setProperties', { type: 'user', properties: { address: { city: 'Paris' } } })
      FS('trackEvent', {
        name: 'ordered',
        properties: {
          total: 3,
          cart: {
            lines: [
              { sku: 'a', n: 1 },
              { sku: 'b', n: 2 },
            ],
          },
          at: new Date(0),
        },
        schema: { properties: { total: 'int', 'cart.lines.n': 'int' } },
      })
    },
    expected: { rules: ['type_mismatch'], sessions: [[null, ['ordered']]] },
  },
  {
    what: 'V1: names end with their type, which is stripped',
    run: async ({ FS, started }) => {
      FS.identify?.(
        'A',
        { displayName: 'Ada', vip_tier_str: 'gold', visits_int: 3, tags_strs: ['a'] },
        'shop',
      )
      FS.setUserVars?.({ aov_real: 2.5, untyped: 1, paid_bool: 'yes' })
      FS.event?.('viewed', { price_real: 1, sku: 'x' })
      FS.setVars?.('page', { pageName: 'Home', step_int: 1 })
      FS.consent?.(true)
      FS.log?.('info', 'said')
      const id = FS.getCurrentSession?.() === FS('getSession', { format: 'id' })
      const url = FS.getCurrentSessionURL?.() === FS('getSession')
      FS.anonymize?.()
      await started()
      return [id, url]
    },
    answers: [true, true],
    expected: {
      rules: ['missing_suffix', 'type_mismatch', 'missing_suffix'],
      sessions: [
        ['A', ['viewed'], 4],
        [null, []],
      ],
      properties: { A: { displayName: 'Ada', vip_tier: 'gold', visits: 3, tags: ['a'], aov: 2.5 }, '': {} },
    },
  },
]

const limits: Sequence[] = [
  {
    what: 'more than 10 user calls in a second, and than 30 in a minute',
    run: ({ FS }) => {
      for (let n = 0; n < 31; n++) FS('setProperties', { type: 'user', properties: { visits: n } })
    },
    expected: {
      rules: [...Array(20).fill('user_rate_second'), 'user_rate_minute', 'user_rate_second'],
      properties: { '': { visits: 30 } },
    },
  },
  {
    what: 'more than 40 events in a second, and than 60 in a minute; the last is the one that ends this',
    run: ({ FS }) => {
      for (let n = 0; n < 60; n++) FS('trackEvent', { name: 'viewed', properties: { n } })
    },
    expected: {
      rules: [...Array(20).fill('event_rate_second'), 'event_rate_minute', 'event_rate_second'],
      sessions: [[null, Array(60).fill('viewed')]],
    },
  },
]

const states: Sequence[] = [
  {
    what: 'shut down and restarted: sync calls wait, async ones are lost',
    run: async ({ FS, started }) => {
      const seen: unknown[] = []
      FS('observe', { type: 'shutdown', callback: ({ reason }: { reason: number }) => seen.push(reason) })
      FS('shutdown')
      FS('trackEvent', { name: 'kept' })
      FS('setProperties', { type: 'user', properties: { vip_tier: 'gold' } })
      const asked = [FS('getSession'), FS('getConfig'), FS.getCurrentSessionURL?.()]
      const lost = await (FS('getSessionAsync') as Promise<unknown>).catch(String)
      FS('restart')
      await started()
      return [seen, asked.map(String), lost]
    },
    answers: [[1], ['undefined', 'undefined', 'null'], 'Error: Shutdown called.'],
    expected: { sessions: [[null, ['kept']]], properties: { '': { vip_tier: 'gold' } } },
  },
  {
    what: 'shut down for good',
    run: ({ FS }) => {
      FS('trackEvent', { name: 'before' })
      FS.shutdown?.()
      FS('trackEvent', { name: 'after' })
    },
    expected: { sessions: [[null, ['before'], 1]] },
  },
  {
    what: 'what it answers, and what is nothing to it',
    run: async ({ FS }) => {
      FS('setIdentity', { uid: 'A', properties: { vip_tier: 'gold' } })
      FS('nonsense', 1)
      FS(undefined)
      FS('trackEvent')
      FS('setProperties', 'user')
      FS('setProperties', { type: 'document', properties: { a: 1 } })
      const shape = (value: unknown) =>
        value && typeof value === 'object' ? Object.keys(value).sort() : typeof value
      const failed = FS('observe', { type: 'session', callback: () => {} })
      return [
        ...['url', 'id', 'url.now', 'all'].map(format => shape(FS('getSession', { format }))),
        shape(await FS('getSessionAsync', { format: 'id' })),
        shape(await FS('getConfigAsync')),
        (FS('getConfig') as { user: unknown }).user,
        shape(failed),
        shape(FS('observe', { type: 'start', callback: () => {} })),
        FS('getFullstoryId', null),
        String(FS._v),
      ]
    },
    answers: [
      'string',
      'string',
      'string',
      ['orgId', 'pageId', 'sessionId', 'userId'],
      'string',
      ['env', 'user'],
      { uid: 'A', properties: { vip_tier: 'gold' } },
      ['disconnect', 'failed'],
      ['disconnect'],
      0,
      '2.1.0',
    ],
    expected: { rules: ['event_name_length'], sessions: [['A', []]] },
  },
  {
    what: 'observers: late ones hear of the start, disconnected ones of nothing',
    run: async ({ FS, started }) => {
      const seen: unknown[] = []
      const start = (name: string) => (details: object) => seen.push([name, Object.keys(details).sort()])
      FS('observe', { type: 'start', callback: start('late') })
      const gone = FS('observe', { type: 'start', callback: start('gone') }) as { disconnect(): void }
      gone.disconnect()
      await Promise.resolve()
      FS('shutdown')
      FS('restart')
      await started()
      return seen
    },
    answers: [
      ['late', ['sessionUrl', 'settings']],
      ['late', ['sessionUrl', 'settings']],
    ],
    expected: { sessions: [[null, []]] },
  },
]

const loading: Sequence[] = [
  {
    what: 'calls of before the script are done when it is there',
    preload: ({ FS }) => {
      FS('setIdentity', { uid: 'A', properties: { vip_tier: 'gold' } })
      FS('trackEvent', { name: 'early', properties: {} })
      FS.event?.('early_V1', { n_int: 1 })
    },
    run: () => {},
    expected: { sessions: [['A', ['early', 'early_V1']]], properties: { A: { vip_tier: 'gold' } } },
  },
  {
    what: 'a change of person before the script is there discards what was before it',
    preload: ({ FS }) => {
      FS('trackEvent', { name: 'anonymous', properties: {} })
      FS('setIdentity', { uid: 'A' })
      FS('trackEvent', { name: 'of_A', properties: {} })
      FS('setIdentity', { uid: 'B' })
      FS('trackEvent', { name: 'of_B', properties: {} })
    },
    run: () => {},
    expected: { sessions: [['B', ['of_B']]] },
  },
  {
    what: 'a script that is blocked: async calls are rejected, sync ones vanish',
    isBlocked: true,
    preload: ({ FS }) => {
      const answers = { early: '' }
      Object.assign(globalThis, { parity: answers })
      ;(FS('getSessionAsync') as Promise<unknown>).catch(error => {
        answers.early = String(error)
      })
      FS('trackEvent', { name: 'lost' })
    },
    run: async ({ FS }) => {
      const { parity } = globalThis as unknown as { parity: { early: string } }
      while (!parity.early) await new Promise(resolve => setTimeout(resolve, 5))
      const late = await (FS('getSessionAsync') as Promise<unknown>).catch(String)
      const plain = (text: unknown) => String(text).replace(/loading .*fs\.js/, 'loading fs.js')
      return [plain(parity.early), plain(late), FS('getSession'), typeof FS.getCurrentSession]
    },
    answers: ['Error: Error loading fs.js', 'Error: Error loading fs.js', null, 'undefined'],
    expected: { sessions: [] },
  },
]

export const fullstorySequences: Sequence[] = [
  ...identities,
  ...properties,
  ...limits,
  ...states,
  ...loading,
].map(sequence => ({ ...sequence, what: `FullStory: ${sequence.what}` }))
