import type { Sequence } from './sequence.ts'

export const customerioMessages: Sequence[] = [
  {
    what: 'events need a name, of at most 100 bytes',
    run: async ({ cioanalytics }) => {
      const missing = [
        await cioanalytics.track().catch(String),
        await cioanalytics.track('').catch(String),
        await cioanalytics.track(42).catch(String),
      ]
      await cioanalytics.track(' ')
      await cioanalytics.track('ü'.repeat(51))
      await cioanalytics.track({ event: 'as_object', properties: { n: 1 } })
      return missing
    },
    answers: Array(3).fill('Error: Event missing'),
    expected: { rules: ['event_name_missing', 'event_name_too_long'], visitors: [['as_object']] },
  },
  {
    what: 'sizes of attributes and of what goes with an event',
    run: async ({ cioanalytics }) => {
      await cioanalytics.identify('A', {
        long: 'x'.repeat(1001),
        ['n'.repeat(151)]: 1,
        fits: 'x'.repeat(1000),
      })
      await cioanalytics.track('large', { text: 'x'.repeat(100_000) })
      cioanalytics.reset?.()
      await cioanalytics.identify(
        'B',
        Object.fromEntries(Array.from({ length: 301 }, (_, n) => [`a${n}`, n])),
      )
    },
    expected: {
      rules: [
        'attribute_value_too_large',
        'attribute_name_too_long',
        'event_data_too_large',
        'too_many_attributes',
      ],
      attributes: { A: { fits: 'x'.repeat(1000) }, B: {} },
    },
  },
  {
    what: 'values as they arrive: as JSON',
    run: async ({ cioanalytics }) => {
      class Cart {
        lines = 2
      }
      await cioanalytics.track('said', {
        date: new Date(0),
        text: '2026-01-31',
        nested: { list: [{ at: '2026-02-01' }, null, undefined] },
        none: undefined,
        nothing: null,
        no_number: Number.NaN,
        cart: new Cart(),
      })
      await cioanalytics.track('listed', ['a'])
      await cioanalytics.identify('A', { born: new Date(0), none: undefined })
    },
    expected: {
      people: { A: ['said', 'listed'] },
      attributes: { A: { born: '1970-01-01T00:00:00.000Z' } },
    },
  },
  {
    what: 'page views, named and not',
    run: async ({ cioanalytics }) => {
      await cioanalytics.page()
      await cioanalytics.page('Checkout')
      await cioanalytics.page('Shop', 'Cart', { lines: 2 })
      await cioanalytics.page({ url: 'given', title: 'given title' })
    },
    expected: { visitors: [['[address]', '[Checkout]', '[Cart]', '[given]']] },
  },
  {
    what: 'what listeners and callbacks hear, and when',
    run: async ({ cioanalytics }) => {
      const seen: unknown[] = []
      const hear = (event: string) => (first: unknown, second: unknown) => seen.push([event, first, second])
      const track = hear('track')
      cioanalytics.on?.('dispatch_start', ({ event }: { event: { type: string } }) => seen.push(event.type))
      cioanalytics.on?.('identify', hear('identify'))
      cioanalytics.on?.('track', track)
      cioanalytics.once?.('reset', hear('reset'))
      const identified = cioanalytics.identify('A', { visits: 1 })
      seen.push('called')
      await identified
      await cioanalytics.track('one', { n: 1 })
      cioanalytics.off?.('track', track)
      await cioanalytics.track('two', {}, {}, ({ event }: { event: { event: string } }) =>
        seen.push(event.event),
      )
      cioanalytics.reset?.()
      cioanalytics.reset?.()
      await cioanalytics.ready?.(() => seen.push('ready'))
      return seen
    },
    answers: [
      'identify',
      'called',
      ['identify', 'A', { visits: 1 }],
      'track',
      ['track', 'one', { n: 1 }],
      'track',
      'two',
      ['reset', null, null],
      'ready',
    ],
    expected: { people: { A: ['one', 'two'] } },
  },
]

export const customerioLoading: Sequence[] = [
  {
    what: 'calls of before the SDK are repeated grouped by method, not in order',
    preload: ({ cioanalytics }) => {
      const parity = { isReset: false }
      Object.assign(globalThis, { parity })
      cioanalytics.identify('A')
      cioanalytics.track('one')
      cioanalytics.reset?.()
      cioanalytics.identify('B')
      cioanalytics.track('two')
      cioanalytics.on?.('reset', () => {
        parity.isReset = true
      })
    },
    run: async () => {
      const { parity } = globalThis as unknown as { parity: { isReset: boolean } }
      // Each of them has a task of its own.
      while (!parity.isReset) await new Promise(resolve => setTimeout(resolve, 5))
    },
    expected: { people: { A: [], B: ['one', 'two'] } },
  },
  {
    what: 'an anonymous id that is given before the SDK is there is the one that it begins with',
    preload: ({ cioanalytics }) => {
      cioanalytics.setAnonymousId?.('given_id')
    },
    run: ({ cioanalytics }) => {
      const user = cioanalytics.user?.() as { anonymousId(): string }
      return user.anonymousId()
    },
    answers: 'given_id',
    expected: { visitors: [] },
  },
]

export const customerioInboxes: Sequence[] = [
  {
    what: 'the inbox is that of whoever is identified, by topic',
    inbox: [
      { to: 'A', topic: 'flags', properties: { n: 1 }, sentAt: '2026-01-01T00:00:00Z' },
      { to: 'A', topic: 'flags', properties: { n: 2 }, sentAt: '2026-01-02T00:00:00Z', type: 'offer' },
      { to: 'A', topic: 'news', properties: { n: 3 }, sentAt: '2026-01-03T00:00:00Z' },
      { to: 'A', topics: ['_cio_own', 'flags'], properties: { n: 4 }, sentAt: '2026-01-04T00:00:00Z' },
      { to: 'B', topic: 'flags', properties: { n: 5 }, sentAt: '2026-01-05T00:00:00Z' },
    ],
    run: async ({ cioanalytics }) => {
      interface Message {
        properties: { n: number }
        opened: boolean
        type: string
        topics: string[]
        sentAt: Date
        markOpened(): Promise<void>
        markDeleted(): Promise<void>
      }
      interface Inbox {
        total(): Promise<number>
        totalUnopened(): Promise<number>
        messages(): Promise<Message[]>
      }
      const inboxOf = cioanalytics.inbox as (...topics: string[]) => Inbox
      const inbox = inboxOf('flags')
      const has = async (total: number, unopened = total) => {
        while ((await inbox.total()) !== total || (await inbox.totalUnopened()) !== unopened)
          await new Promise(resolve => setTimeout(resolve, 20))
        return (await inbox.messages()).map(({ properties, opened, type, topics, sentAt }) => [
          properties.n,
          opened,
          type,
          topics,
          sentAt instanceof Date,
        ])
      }
      const nobody = await has(0)
      await cioanalytics.identify('A')
      const first = await has(2)
      await (await inbox.messages())[1]?.markOpened()
      const opened = await has(2, 1)
      await (await inbox.messages())[0]?.markDeleted()
      const left = await has(1, 0)
      const all = await inboxOf().messages()
      cioanalytics.reset?.()
      return [nobody, first, opened, left, all.map(({ properties }) => properties.n), await has(0)]
    },
    answers: [
      [],
      [
        [2, false, 'offer', ['flags'], true],
        [1, false, '', ['flags'], true],
      ],
      [
        [2, false, 'offer', ['flags'], true],
        [1, true, '', ['flags'], true],
      ],
      [[1, true, '', ['flags'], true]],
      [3, 1],
      [],
    ],
    // The SDK reports that a message was opened.
    expected: { people: { A: ['Report Delivery Event'] } },
  },
]
