import type { Sequence } from './sequence.ts'

export const customerioIdentities: Sequence[] = [
  {
    what: 'what was done anonymously is theirs who is identified',
    run: async ({ cioanalytics }) => {
      await cioanalytics.track('viewed', { sku: 'a' })
      await cioanalytics.page('Home')
      await cioanalytics.identify('A', { email: 'Ada@example.com', visits: 1 })
      await cioanalytics.track('ordered', { total: 3.5 })
      await cioanalytics.identify('A', { visits: 2 })
      const user = cioanalytics.user?.() as { id(): string; traits(): object }
      return [user.id(), user.traits()]
    },
    answers: ['A', { email: 'Ada@example.com', visits: 2 }],
    expected: {
      people: { A: ['viewed', 'ordered', '[Home]'] },
      attributes: { A: { email: 'Ada@example.com', visits: 2 } },
    },
  },
  {
    what: 'after a reset the visitor is somebody new',
    run: async ({ cioanalytics }) => {
      await cioanalytics.identify('A', { vip_tier: 'gold' })
      cioanalytics.reset?.()
      const user = cioanalytics.user?.() as { id(): unknown; traits(): object }
      await cioanalytics.track('viewed')
      const answers = [user.id(), user.traits()]
      await cioanalytics.identify('B', { visits: 1 })
      return answers
    },
    answers: [null, {}],
    expected: {
      people: { A: [], B: ['viewed'] },
      attributes: { A: { vip_tier: 'gold' }, B: { visits: 1 } },
    },
  },
  {
    what: 'another person without a reset: another anonymous id, and none of the traits',
    run: async ({ cioanalytics }) => {
      const user = cioanalytics.user?.() as { anonymousId(): string; traits(): object }
      await cioanalytics.track('viewed')
      await cioanalytics.identify('A', { vip_tier: 'gold' })
      const before = user.anonymousId()
      await cioanalytics.identify('B', { visits: 1 })
      await cioanalytics.track('of_B')
      return [user.anonymousId() === before, user.traits()]
    },
    answers: [false, { visits: 1 }],
    expected: {
      people: { A: ['viewed'], B: ['of_B'] },
      attributes: { A: { vip_tier: 'gold' }, B: { visits: 1 } },
    },
  },
  {
    what: 'one anonymous id for two people: they are mixed',
    run: async ({ cioanalytics }) => {
      const user = cioanalytics.user?.() as { anonymousId(): string }
      const id = user.anonymousId()
      await cioanalytics.identify('A')
      cioanalytics.reset?.()
      cioanalytics.setAnonymousId?.(id)
      await cioanalytics.identify('B')
    },
    expected: { rules: ['anonymous_id_reused'], people: { A: [], B: [] } },
  },
  {
    what: 'a guest by address becomes the person who comes with the same address',
    run: async ({ cioanalytics }) => {
      await cioanalytics.identify({ email: 'ada@example.com', first_name: 'Ada' })
      await cioanalytics.track('checkout_started')
      await cioanalytics.identify('A', { email: 'ADA@example.com' })
    },
    expected: {
      people: { A: ['checkout_started'] },
      attributes: { A: { email: 'ADA@example.com', first_name: 'Ada' } },
    },
  },
  {
    what: 'an address that somebody else has stays theirs',
    run: async ({ cioanalytics }) => {
      await cioanalytics.identify('A', { email: 'ada@example.com' })
      cioanalytics.reset?.()
      await cioanalytics.identify('B', { email: 'ada@example.com', visits: 1 })
    },
    expected: { rules: ['email_taken'], attributes: { A: { email: 'ada@example.com' }, B: { visits: 1 } } },
  },
  {
    what: 'ids that are taken for something else, too long, or none',
    run: async ({ cioanalytics }) => {
      const next = async (id: unknown, traits?: object) => {
        cioanalytics.reset?.()
        await cioanalytics.identify(id, traits)
      }
      await next('ada@example.com')
      await next('A', { email: 'eve@example.com' })
      await next('cio_03000002', { vip_tier: 'gold' })
      await next('cio_nobody')
      await next('x'.repeat(151))
      await next('x'.repeat(150))
      await next(42)
      await next('')
      await next(' ')
      await next({ visits: 1 })
    },
    expected: {
      rules: ['unknown_cio_id', 'id_too_long', 'missing_id', 'empty_id', 'missing_id'],
      attributes: {
        'ada@example.com': {},
        A: { email: 'eve@example.com', vip_tier: 'gold' },
        ['x'.repeat(150)]: {},
        42: {},
      },
    },
  },
  {
    what: 'a message that names nobody is of whoever is there when it leaves',
    run: async ({ cioanalytics }) => {
      const first = cioanalytics.track('one')
      const second = cioanalytics.identify('A')
      await Promise.all([first, second])
      const third = cioanalytics.track('two')
      cioanalytics.reset?.()
      await third
    },
    expected: { people: { A: ['one', 'two'] } },
  },
]
