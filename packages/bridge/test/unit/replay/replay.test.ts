import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { sessionLink } from '../../../src/fullstory/session-link.ts'
import { createBridge, defineFlags } from '../../../src/index.ts'
import { anonymousIdFlag, replayTrait } from '../../../src/replay/index.ts'
import { leavePage } from '../page.ts'
import { vendors } from '../ready-vendors.ts'

// One clock for all: FullStory's limits are the page's.
beforeAll(() => {
  vi.useFakeTimers()
})
afterEach(leavePage)
afterAll(() => {
  vi.useRealTimers()
})

const flags = defineFlags({ cio_anonymous_id: { type: 'str' } })

/** A FullStory that is in a session of `person`, and a Customer.io whose anonymous id is theirs, too. */
const start = () => {
  const { customerio, fullstory, received } = vendors()
  const traits: unknown[][] = []
  const session = { of: 0, isOpen: true, start: () => {} }
  let held = {}
  let visitor = 1
  const bridge = createBridge({
    flags,
    customerio: {
      ...customerio,
      user: () => ({ ...customerio.user(), anonymousId: () => `visitor-${visitor}`, traits: () => held }),
      identify: (id: unknown, given: object) => {
        traits.push([id, given])
        held = { ...held, ...given }
        return customerio.identify(id)
      },
      reset: () => {
        visitor++
        held = {}
        customerio.reset()
      },
    } as never,
    fullstory: (operation: string, options?: unknown) => {
      const { type, callback } = (options ?? {}) as { type?: string; callback?: () => void }
      if (operation === 'observe' && type === 'start') session.start = callback as () => void
      if (operation !== 'getSession') return fullstory(operation, options)
      return session.isOpen ? `https://fs/1%3A${session.of}%3A${Date.now()}` : undefined
    },
  })
  return { bridge, traits, session, flags: received.flags, pass: () => vi.advanceTimersByTimeAsync(1200) }
}

test('the anonymous id is a flag also when Customer.io takes its time to answer, and nothing is said after that', async () => {
  const { customerio, fullstory, received } = vendors()
  const slow = {
    ...customerio,
    identify: (id: unknown) =>
      customerio.identify(id).then(() => new Promise(done => setTimeout(done, 7000))),
  }
  const bridge = createBridge({ flags, customerio: slow as never, fullstory })
  bridge.identify('A')
  await vi.advanceTimersByTimeAsync(500)
  anonymousIdFlag(bridge, 'cio_anonymous_id')
  await vi.advanceTimersByTimeAsync(6000)
  expect(received.flags).toEqual({})
  await vi.advanceTimersByTimeAsync(2000)
  expect(received.flags).toEqual({ cio_anonymous_id: 'anonymous' })
})

test('the session of a known person is a trait, once, and the next session, too', async () => {
  const { bridge, traits, session, pass } = start()
  replayTrait(bridge)
  bridge.track('product_viewed')
  await pass()
  expect(traits).toEqual([])
  bridge.identify('A')
  await pass()
  bridge.track('product_viewed')
  await pass()
  expect(traits).toEqual([
    ['A', {}],
    ['A', { fullstory_session_url: 'https://fs/1%3A0' }],
  ])
  session.of = 1
  session.start()
  await pass()
  expect(traits.slice(2)).toEqual([['A', { fullstory_session_url: 'https://fs/1%3A1' }]])
})

test('nobody gets the session of somebody else (NO-LEAK)', async () => {
  const { bridge, traits, session, pass } = start()
  replayTrait(bridge, 'replay')
  bridge.identify('A')
  await pass()
  session.isOpen = false
  bridge.identify('B')
  await pass()
  Object.assign(session, { of: 1, isOpen: true })
  session.start()
  await pass()
  expect(traits.filter(([, given]) => Object.keys(given as object)[0])).toEqual([
    ['A', { replay: 'https://fs/1%3A0' }],
    ['B', { replay: 'https://fs/1%3A1' }],
  ])
})

test('the anonymous id of each visitor is a flag', async () => {
  const { bridge, flags, pass } = start()
  anonymousIdFlag(bridge, 'cio_anonymous_id')
  await pass()
  expect(flags).toEqual({ cio_anonymous_id: 'visitor-1' })
  bridge.identify('A')
  await pass()
  expect(bridge.status().flags.cio_anonymous_id).toMatchObject({ value: 'visitor-1', source: 'customerio' })
  bridge.logout()
  await pass()
  expect(flags).toEqual({ cio_anonymous_id: 'visitor-2' })
})

test('both end', async () => {
  const { bridge, traits, flags, pass } = start()
  for (const end of [replayTrait(bridge), anonymousIdFlag(bridge, 'cio_anonymous_id')]) end()
  bridge.identify('A')
  await pass()
  expect([traits, flags]).toEqual([[['A', {}]], {}])
})

test.each([
  [
    'https://app.fullstory.com/ui/o/session/1%3A2%3A1767225600000',
    'https://app.fullstory.com/ui/o/session/1%3A2',
  ],
  ['https://app.fullstory.com/ui/o/session/1:2:1767225600000', 'https://app.fullstory.com/ui/o/session/1:2'],
  ['https://app.fullstory.com/ui/o/session/1%3A2', 'https://app.fullstory.com/ui/o/session/1%3A2'],
  // Other forms are left as they are.
  ['https://fs/1767225600000', 'https://fs/1767225600000'],
])('%s', (moment, session) => {
  expect(sessionLink(moment)).toBe(session)
})
