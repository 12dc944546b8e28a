import type { Browser, Customer } from '@shopify/web-pixels-extension'
import { readEmail } from './email.ts'
import type { Moment } from './moments.ts'
import { within } from './within.ts'

/** Who a moment is about. */
export interface Visitor {
  /** Customer.io's anonymous id of this browser. */
  anonymousId: string
  /** The shared ID, where the person is known. */
  userId?: string
  /** Known by Shopify's login at checkout alone: Customer.io has yet to be told, with the address if there is one. */
  login?: { email?: string }
  /** Logged in at checkout, while the browser's ids are those of another person: `anonymousId` is not theirs. */
  stranger?: boolean
}

/** What Customer.io's SDK keeps its ids under. */
const ANONYMOUS_ID = 'ajs_anonymous_id'
const USER_ID = 'ajs_user_id'
/** Customer.io's limit. */
const MAX_ID = 150

const parsed = (stored: string): string | undefined => {
  let id: unknown = stored
  try {
    id = JSON.parse(stored)
  } catch {
    // Cookies have it bare.
  }
  if (typeof id === 'number') id = String(id)
  return typeof id === 'string' && id.trim() && id.length <= MAX_ID ? id : undefined
}

/** As the SDK looks for an id: `localStorage`, then the cookie (published source of its version 0.5). */
const look = async ({ localStorage, cookie }: Browser, key: string) => {
  const stored = await within(localStorage.getItem(key))
  const id = parsed(stored ?? '')
  if (id) return { id }
  const raw = await within(cookie.get(key))
  let decoded = raw ?? ''
  try {
    decoded = decodeURIComponent(decoded)
  } catch {
    // Not the SDK's.
  }
  // No answer is not the same as nothing there.
  return { id: parsed(decoded), unanswered: stored === undefined || raw === undefined }
}

/**
 * Makes the function that answers who is there now, by what Customer.io's SDK has left on the storefront and by
 * Shopify's own login. A known person is never replaced: somebody else who is logged in at checkout is told of by their
 * own id, without the anonymous id, which would join them to the other one. Where there is no anonymous id, that of the
 * first moment becomes it and is left for the SDK to go on with.
 *
 * @param customer who is logged in, if the shared ID is Shopify's
 */
export const createVisitorReader = (browser: Browser, customer: Partial<Customer> | null | undefined) => {
  /** Where the browser keeps nothing, this page's moments belong together. */
  let own: string | undefined

  const anonymousIdFor = async (moment: Moment, may: () => boolean) => {
    const { id, unanswered } = await look(browser, ANONYMOUS_ID)
    if (id) return id
    own ??= moment.id
    if (!unanswered && may()) await within(browser.localStorage.setItem(ANONYMOUS_ID, JSON.stringify(own)))
    return own
  }

  return async (moment: Moment, may: () => boolean): Promise<Visitor> => {
    const [anonymousId, { id: known }] = await Promise.all([
      anonymousIdFor(moment, may),
      look(browser, USER_ID),
    ])
    const userId = customer?.id ? String(customer.id) : undefined
    const login = { email: readEmail(customer?.email) }
    // On the storefront the page itself says who is logged in.
    if (!known) return userId && moment.state ? { anonymousId, userId, login } : { anonymousId }
    // The links of Customer.io's e-mails leave an id of its own there, which may be the same person's.
    if (userId && userId !== known && !known.startsWith('cio_'))
      return { anonymousId, userId, login, stranger: true }
    return { anonymousId, userId: known }
  }
}
