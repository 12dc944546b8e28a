import type { Sequence } from './sequence.ts'

export const fullstoryProperties: Sequence[] = [
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

export const fullstoryLimits: Sequence[] = [
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
