import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createBridge, defineFlags } from '../../../src/index.ts'
import { createCustomerIo, createFullStory, expectNoViolations, settled } from '../../../src/testing/index.ts'
import { leavePage } from '../page.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(() => {
  leavePage()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const flags = defineFlags({
  vip_tier: { type: 'enum', values: ['none', 'gold'] },
  purchase_count: { type: 'int' },
  cart_abandoner: { type: 'bool', ttl: '30s' },
})

/** Each with an address of their own, which is said with the id, as the README asks; then what is no id. */
const PEOPLE: [id: string | number, email: string][] = [
  ['A', 'ada@example.com'],
  ['B', 'bob@example.com'],
  [42, 'eve@example.com'],
  ...['undefined', 'ada@example.com', 'cio_1', '0', 'x'.repeat(200), ' '].map((id): [string, string] => [
    id,
    'ada@example.com',
  ]),
]
const EMAILS = ['ada@example.com', 'bob@example.com', 'zoe@example.com', 'nobody']

interface Beginning {
  api: 'v1' | 'v2'
  /** The scripts are there only after all that is said. */
  later: boolean
  consent: 'granted' | 'pending'
}

const openPage = ({ api, later, consent }: Beginning) => {
  const fullstory = createFullStory({ delayStart: later })
  const customerio = createCustomerIo({ delayStart: later })
  if (api === 'v1') Object.assign(globalThis, { FS: fullstory })
  const bridge = createBridge({
    flags,
    customerio,
    fullstory: api === 'v1' ? { api } : fullstory,
    consent,
  })
  return { bridge, fullstory, customerio }
}

type Page = ReturnType<typeof openPage>
type Step = (page: Page) => unknown

const times = (most: number) => fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.nat(most))

/** What a page and its visitor may do, and what FullStory does by itself. `toString` says it where a sequence fails. */
const step = (text: string, act: Step) => Object.assign(act, { toString: () => text })

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({ who: fc.constantFrom(...PEOPLE), gold: fc.boolean() })
    .map(({ who: [id, email], gold }) =>
      step(`identify ${id}`, ({ bridge }) =>
        bridge.identify(id, { traits: { email }, flags: { vip_tier: gold ? 'gold' : 'none' } }),
      ),
    ),
  fc.constantFrom(...EMAILS).map(email => step(`guest ${email}`, ({ bridge }) => bridge.guest({ email }))),
  fc.constant(step('logout', ({ bridge }) => bridge.logout())),
  fc.record({ count: times(60), pause: fc.constantFrom(0, 0, 130, 1300) }).map(({ count, pause }) =>
    step(`${count} flags, each after ${pause} ms`, async ({ bridge }) => {
      for (let n = 0; n < count; n++) {
        bridge.setFlags({ purchase_count: n, cart_abandoner: n % 2 > 0 })
        await (pause ? vi.advanceTimersByTimeAsync(pause) : Promise.resolve())
      }
    }),
  ),
  times(120).map(count =>
    step(`${count} events`, ({ bridge }) => {
      for (let n = 0; n < count; n++) bridge.track(n % 9 ? 'viewed' : 'checkout_started', { n })
    }),
  ),
  fc.constantFrom('Home', undefined).map(name => step('page', ({ bridge }) => bridge.page({ name }))),
  // Not withdrawn: what was held then is lost, and with it that somebody has this address.
  fc.constant(step('consent', ({ bridge }) => bridge.setConsent('granted'))),
  fc
    .constantFrom('idle' as const, 'size' as const)
    .map(how => step(`session ${how}`, ({ fullstory }) => fullstory.endSession(how))),
  fc.constant(step('activity', ({ fullstory }) => fullstory.activity())),
  fc.constant(step('shutdown', ({ fullstory }) => fullstory.shutdown())),
  fc.constant(step('restart', ({ fullstory }) => fullstory.restart())),
  fc.nat(2000).map(pause => step(`${pause} ms`, () => vi.advanceTimersByTimeAsync(pause))),
)

test('whatever is called, no rule is broken, and at rest everybody has the same person (ONE-ID, BUDGET)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        api: fc.constantFrom('v1' as const, 'v2' as const),
        later: fc.boolean(),
        consent: fc.constantFrom('granted' as const, 'granted' as const, 'pending' as const),
      }),
      fc.array(steps, { maxLength: 40, size: 'max' }),
      async (how, sequence) => {
        leavePage()
        const page = openPage(how)
        const { bridge, fullstory, customerio } = page
        for (const act of sequence) await act(page)
        fullstory.start()
        customerio.start()
        bridge.setConsent('granted')
        fullstory.activity()
        fullstory.restart()
        // 200 events that wait take four minutes.
        await vi.advanceTimersByTimeAsync(300_000)
        await settled(page, { advanceTimers: vi.advanceTimersByTimeAsync })
        expectNoViolations(fullstory, customerio)
        const { id } = bridge.status().identity
        expect([fullstory.uid, customerio.user().id()]).toEqual([id, id])
      },
    ),
    { numRuns: 200 },
  )
})
