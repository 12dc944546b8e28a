import type { CustomerIoDouble, FullStoryDouble } from '../../src/testing/index.ts'
import type { OpenPage, Sequence } from './sequence.ts'
import type { Views } from './views.ts'

/** The part of the kit in use: from its sources, or as it is built. */
interface Kit {
  createFullStory(options: { delayStart: boolean }): FullStoryDouble
  createCustomerIo(options: { delayStart: boolean }): CustomerIoDouble
}

/** The doubles as a sequence finds a page: its own calls before the scripts are there, and then the scripts. */
export const openDoubles = (
  { createFullStory, createCustomerIo }: Kit,
  { preload, inbox = [], isBlocked }: Pick<Sequence, 'preload' | 'inbox' | 'isBlocked'>,
) => {
  const fullstory = createFullStory({ delayStart: true })
  const customerio = createCustomerIo({ delayStart: true })
  for (const message of inbox) customerio.pushInbox(message)
  // `initialized` is the real SDK's word for it, by which a page is waited for.
  const page = {
    FS: fullstory,
    cioanalytics: Object.defineProperty(customerio, 'initialized', {
      get: () => customerio.state === 'running',
    }),
  } as unknown as OpenPage
  preload?.(page)
  if (isBlocked) fullstory.block()
  else fullstory.start()
  customerio.start()
  return { page, fullstory, customerio }
}

/** What the doubles hold, as the sandbox shows it. */
export const viewsOf = (fullstory: FullStoryDouble, customerio: CustomerIoDouble): Views => ({
  users: fullstory.people,
  sessions: fullstory.sessions,
  people: customerio.people,
  anonymous: customerio.anonymous,
  violations: [...fullstory.violations, ...customerio.violations].map(({ rule, what }) => ({
    rule,
    detail: what,
  })),
})
