import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'
import { type Bridge, createBridge, defineFlags, type FlagPlan } from '../../src/index.ts'
import {
  type CustomerIoDouble,
  createCustomerIo,
  createFullStory,
  type FullStoryDouble,
} from '../../src/testing/index.ts'
import { forgetVisitor } from '../unit/page.ts'
import { report } from './run.ts'
import { CANARY } from './values.ts'

export const flags = defineFlags({
  cart_abandoner: { type: 'bool', ttl: '4h' },
  vip_tier: { type: 'enum', values: ['none', 'gold'], aliases: ['VIP'], off: 'none' },
  purchase_count: { type: 'int' },
  aov: { type: 'real' },
  last_order_date: { type: 'date' },
  cart_flow_variant: { type: 'str' },
  sizes: { type: 'strs' },
})

/** What FullStory may have of each flag, by its name. */
const TYPES: Record<string, (value: unknown) => boolean> = {
  cart_abandoner: value => typeof value === 'boolean',
  vip_tier: value => value === 'none' || value === 'gold',
  purchase_count: value => Number.isSafeInteger(value),
  aov: value => Number.isFinite(value),
  last_order_date: value => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  cart_flow_variant: value => typeof value === 'string',
  sizes: value => Array.isArray(value) && value.every(size => typeof size === 'string'),
  // Customer.io's own id, the guest's address.
  cio_id: value => typeof value === 'string',
  email: value => typeof value === 'string' && value.includes('@'),
}

export interface FuzzPage {
  bridge: Bridge<FlagPlan> & Record<string, (...args: unknown[]) => unknown>
  fullstory: FullStoryDouble
  customerio: CustomerIoDouble
}

/** A page with both vendors in memory, which refuse what the real ones refuse. */
export const openFuzzPage = (given: object = {}): FuzzPage => {
  const fullstory = createFullStory()
  const customerio = createCustomerIo()
  const bridge = createBridge({ flags, fullstory, customerio, ...given } as never)
  return { bridge: bridge as never, fullstory, customerio }
}

/** The same, in a new browser. */
export const openNewFuzzPage = (given?: object): FuzzPage => {
  leaveFuzzPage()
  return openFuzzPage(given)
}

export const leaveFuzzPage = (): void => {
  const page = window as unknown as { retention_bridge?: Bridge<FlagPlan> }
  page.retention_bridge?.destroy()
  delete page.retention_bridge
  forgetVisitor()
  sessionStorage.clear()
  // Those of vendors whose page is gone would be run for every page to come.
  vi.clearAllTimers()
}

/** For each file of fuzz: a clock that is the test's, a console that is not read, and what was played in the end. */
export const prepareFuzz = (what: string): void => {
  beforeAll(() => {
    vi.useFakeTimers()
  })
  afterAll(() => {
    vi.useRealTimers()
    report(what)
  })
  beforeEach(() => {
    for (const method of ['warn', 'debug', 'error'] as const)
      vi.spyOn(console, method).mockImplementation(() => {})
  })
  afterEach(() => {
    leaveFuzzPage()
    vi.restoreAllMocks()
  })
}

/** Whatever waits for its time has it, also what FullStory's limits hold back. */
export const pass = (milliseconds = 300_000) => vi.advanceTimersByTimeAsync(milliseconds)

/** No flag that is not of the plan, or not of its type; nothing of what is on the page; no rule of a vendor broken. */
export const expectDeclaredOnly = ({ fullstory, customerio }: FuzzPage): void => {
  const undeclared = fullstory.people.flatMap(({ properties }) =>
    Object.entries(properties)
      .filter(([name, { value }]) => value !== null && !TYPES[name]?.(value))
      .map(([name, { value }]) => [name, value]),
  )
  expect(undeclared).toEqual([])
  const { people, sessions, events } = fullstory
  const all = JSON.stringify([people, sessions, events, customerio.people, customerio.anonymous])
  expect(all).not.toContain(CANARY)
  // What an event's fields are, their caller says: another type each time, or lists of lists, which FullStory leaves out.
  const broken = [...fullstory.violations, ...customerio.violations].filter(
    ({ rule }) => !/^(type_conflict|type_mismatch|unknown_type)$/.test(rule),
  )
  expect(broken.map(({ rule, what }) => `${rule}: ${what.slice(0, 99)}`)).toEqual([])
}

/** Whatever was done to the page, it goes on properly for whoever calls it properly; `wait` is what FullStory may hold back. */
export const expectGoesOn = async (page: FuzzPage, wait?: number): Promise<void> => {
  const { bridge, customerio, fullstory } = page
  bridge.logout()
  expect(await bridge.identify('cust_9', { flags: { vip_tier: 'gold' } as never })).toMatchObject({
    id: 'cust_9',
  })
  bridge.track('after')
  await pass(wait)
  expectDeclaredOnly(page)
  expect(bridge.status().identity.id).toBe('cust_9')
  expect(customerio.find('cust_9')?.events.map(({ name }) => name)).toContain('after')
  const person = fullstory.people.find(({ uid }) => uid === 'cust_9')
  expect(person?.properties.vip_tier?.value).toBe('gold')
}
