import type { Sequence } from './sequence.ts'

export const bridgeSequences: Sequence[] = [
  {
    what: 'an anonymous visitor logs in, and out again',
    run: async ({ bridge, delivered }) => {
      bridge.track('viewed', { sku: 'a' })
      const { outcome } = await bridge.identify('cust_1', {
        traits: { email: 'ada@example.com' },
        flags: { vip_tier: 'gold', purchase_count: 3 },
      })
      bridge.track('ordered', { total: 3.5 })
      await delivered()
      const { identity, flags } = bridge.status()
      bridge.logout()
      bridge.track('left')
      await delivered()
      return [outcome, identity, flags.vip_tier?.value, bridge.status().identity]
    },
    answers: ['stitched', { state: 'known', id: 'cust_1' }, 'gold', { state: 'anonymous', id: null }],
    expected: {
      sessions: [
        ['cust_1', ['viewed', 'ordered'], 4],
        [null, ['left']],
      ],
      properties: { cust_1: { vip_tier: 'gold', purchase_count: 3 }, '': {} },
      people: { cust_1: ['viewed', 'ordered'] },
      attributes: { cust_1: { email: 'ada@example.com' } },
      visitors: [['left']],
    },
  },
  {
    what: 'one person after another, without a logout',
    run: async ({ bridge, delivered }) => {
      bridge.identify('cust_1', { flags: { vip_tier: 'gold' } })
      bridge.track('of_1')
      bridge.identify('cust_2', { flags: { vip_tier: 'silver' } })
      bridge.track('of_2')
      await delivered()
      return bridge.status().vendors.fullstory.id
    },
    answers: 'cust_2',
    expected: {
      sessions: [
        ['cust_1', ['of_1'], 4],
        ['cust_2', ['of_2']],
      ],
      properties: { cust_1: { vip_tier: 'gold' }, cust_2: { vip_tier: 'silver' } },
      people: { cust_1: ['of_1'], cust_2: ['of_2'] },
    },
  },
  {
    what: 'a guest makes an account; ids that cannot be shared reach nobody',
    run: async ({ bridge, delivered }) => {
      const guest = await bridge.guest({ email: 'Ada@example.com', first_name: 'Ada' })
      bridge.track('checkout_started')
      await delivered()
      const outcomes = [guest.outcome]
      for (const id of ['undefined', 'ada@example.com', 'cio_03000001', 'x'.repeat(151)])
        outcomes.push((await bridge.identify(id, { flags: { vip_tier: 'gold' } })).outcome)
      outcomes.push((await bridge.identify('cust_1', { traits: { email: 'ada@example.com' } })).outcome)
      await delivered()
      return outcomes
    },
    answers: ['stitched', 'refused', 'refused', 'refused', 'refused', 'stitched'],
    expected: {
      sessions: [['cust_1', ['checkout_started']]],
      properties: { cust_1: { email: 'ada@example.com' } },
      people: { cust_1: ['checkout_started'] },
      attributes: { cust_1: { email: 'ada@example.com', first_name: 'Ada' } },
    },
  },
  {
    what: 'identified through Customer.io by others: FullStory follows',
    run: async ({ bridge, cioanalytics, delivered }) => {
      await cioanalytics.identify('cust_1', { visits: 1 })
      await delivered()
      const known = bridge.status().vendors.fullstory.id
      cioanalytics.reset?.()
      await new Promise<void>(resolve => {
        const end = bridge.on('identity', () => {
          end()
          resolve()
        })
      })
      await delivered()
      return [known, bridge.status().vendors.fullstory.id]
    },
    answers: ['cust_1', null],
    expected: {
      sessions: [
        ['cust_1', [], 4],
        [null, []],
      ],
      people: { cust_1: [] },
    },
  },
  {
    what: 'consent is withdrawn and given again',
    run: async ({ FS, bridge, delivered }) => {
      bridge.identify('cust_1')
      await delivered()
      bridge.setConsent('denied')
      bridge.track('not_said')
      const during = FS('getSession') === undefined
      bridge.setConsent('granted')
      bridge.track('said')
      await delivered()
      return [during, bridge.status().identity.id]
    },
    answers: [true, 'cust_1'],
    expected: { sessions: [['cust_1', ['said']]], people: { cust_1: ['said'] } },
  },
  {
    what: 'more than FullStory’s limits: the last value of a flag, and no rule broken',
    run: async ({ bridge, delivered }) => {
      const task = () => new Promise(resolve => setTimeout(resolve))
      for (let n = 1; n <= 14; n++) {
        bridge.setFlags({ purchase_count: n })
        bridge.track('viewed', { n }, { to: 'fullstory' })
        await task()
      }
      await delivered()
    },
    expected: { sessions: [[null, Array(14).fill('viewed')]], properties: { '': { purchase_count: 14 } } },
  },
]
