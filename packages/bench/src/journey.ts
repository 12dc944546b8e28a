import type { Flags } from './peers/peer.ts'

/** Whose an event or a flag is. */
export type Owner = 'ada' | 'next visitor'

export const ADA = { id: 'cust_1042', email: 'ada@example.com' }

export type Call =
  | { page: string }
  | { flags: Flags }
  | { track: number }
  | { login: true }
  | { logout: true }

/**
 * `ready`: the vendors' scripts are there before the page says anything, as when a shopper acts. `late`: they come after
 * it has said everything, as for what a page says while it loads. `left`: the shopper is gone before they come.
 */
export type Timing = 'ready' | 'late' | 'left'

export interface Step {
  name: string
  timing: Timing
  calls: Call[]
  /** Who is there when the page is left, and what is true of them. */
  owner: Owner
  flags: Flags
}

const LOGIN = 10
const LOGOUT = 20
const PAGES = 30
/** Where the quantity of the cart is clicked up, and where a slider is dragged. */
const CART = 6
const SLIDER = 15
const LATE = [2, LOGIN, LOGOUT, 25]
const LEFT = 16

const NAMES = ['Home', 'Category', 'Product', 'Search', 'Account']

/** Flags as a shop's server renders them into page number `page`. */
const rendered = (page: number): Flags => ({
  vip_tier: page > LOGIN && page <= LOGOUT ? 'gold' : 'none',
  cart_abandoner: page % 6 === 0,
  cart_items: page % 7,
  price_max: 100 + (page % 4) / 2,
  cart_flow_variant: page % 2 ? 'a' : 'b',
})

const step = (page: number): Step => {
  const first: Call = { track: 2 * page - 1 }
  const second: Call = { track: 2 * page }
  const flags = rendered(page)
  const calls: Call[] = [{ page: NAMES[page % NAMES.length] ?? '' }]
  if (page === LOGIN) calls.push(first, { login: true }, { flags }, second)
  else if (page === LOGOUT) {
    // The flags of the next visitor: what the page had rendered was Ada's.
    Object.assign(flags, { vip_tier: 'none', cart_items: 0 })
    calls.push(first, { logout: true }, { flags }, second)
  } else calls.push({ flags }, first, second)
  const writes: Flags[] = []
  if (page === CART) for (let items = 1; items <= 10; items++) writes.push({ cart_items: 10 + items })
  if (page === SLIDER) for (let move = 1; move <= 40; move++) writes.push({ price_max: 100 + move / 2 })
  for (const write of writes) Object.assign(flags, write)
  calls.push(...writes.map(write => ({ flags: write })))
  return {
    name: `page ${page}`,
    timing: page === LEFT ? 'left' : LATE.includes(page) ? 'late' : 'ready',
    calls,
    owner: page < LOGOUT ? 'ada' : 'next visitor',
    flags,
  }
}

/**
 * A session of a shop: 30 pages, 60 events, a login and a logout, 200 flag writes. 150 of those are the five flags that
 * each page has, in one call; ten are clicks in the cart, forty a slider that is dragged.
 */
export const JOURNEY: Step[] = Array.from({ length: PAGES }, (_, index) => step(index + 1))

/** Who event number `n` belongs to: what somebody did before they logged in is theirs. */
export const ownerOf = (n: number): Owner => (n < 2 * LOGOUT ? 'ada' : 'next visitor')

/** Events that are said on pages which the shopper leaves before the vendors are there. */
export const EVENTS_LEFT = [2 * LEFT - 1, 2 * LEFT]

/** Whom the server renders a page for. */
export const userOf = (page: number) => (page > LOGIN && page <= LOGOUT ? ADA : null)

export const eventName = (n: number) => `event_${n}`
