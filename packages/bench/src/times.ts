import type { Page } from 'playwright-core'
import type { BenchStage, Shop } from './bench-stage.ts'
import { ADA } from './journey.ts'
import { heapOf, median, watchMainThread } from './main-thread.ts'
import type { Peer } from './peers/peer.ts'
import { settlePage } from './settle.ts'
import { told } from './told.ts'
import { countVendorCalls } from './vendor-calls.ts'

export const TIMED = ['ours', 'analytics', 'segment', 'glue'] as const
export type Timed = (typeof TIMED)[number]

export interface Times {
  /** Milliseconds of the main thread from the import until it is idle, with the vendors' scripts blocked. */
  start: number
  /** The same for `identify` with five flags, until both vendors have them. */
  identify: number
  /** The same for 1,000 calls in a row. */
  thousandFlags: number
  thousandEvents: number
  /** How many of those 1,000 events each vendor has in the end. */
  eventsArrived: { customerio: number; fullstory: number }
  /** Milliseconds of tasks beyond 50 ms that it adds to the load of an empty page, on a processor slowed down so often. */
  blocking: Record<'4' | '6', number>
  /** Bytes that 100,000 calls leave, with both vendors missing. */
  heldBytes: number
}

export interface Rounds {
  starts: number
  calls: number
  loads: number
  /** Of calls with the vendors missing. */
  missing: number
}

const FLAGS = {
  vip_tier: 'gold',
  cart_abandoner: true,
  cart_items: 3,
  price_max: 100.5,
  cart_flow_variant: 'a',
}
/** Milliseconds after a page's start in which whatever goes on by timers has happened. */
const AFTER = 400
/** And in which 1,000 calls are handed over, but for what a vendor's limit holds back. */
const PATIENCE = 10_000

/** Peers take turns, so that all of them have what else the machine does. */
export const measureTimes = async (stage: BenchStage, rounds: Rounds): Promise<Record<Timed, Times>> => {
  const of = <Value>(value: () => Value) =>
    Object.fromEntries(TIMED.map(peer => [peer, value()])) as Record<Timed, Value>
  const samples = of(() => ({
    start: [] as number[],
    identify: [] as number[],
    thousandFlags: [] as number[],
    thousandEvents: [] as number[],
    customerio: [] as number[],
    fullstory: [] as number[],
  }))
  const shops = {} as Record<Timed | 'nothing', Shop>
  for (const peer of [...TIMED, 'nothing' as const]) shops[peer] = await stage.shop(peer)

  for (let round = 0; round < rounds.starts; round++)
    for (const peer of TIMED) samples[peer].start.push(await startTime(shops[peer]))
  told('starts', samples)
  for (let round = 0; round < rounds.calls; round++)
    for (const peer of TIMED) {
      const { identify, flags, events, arrived } = await callTimes(shops[peer])
      samples[peer].identify.push(identify)
      samples[peer].thousandFlags.push(flags)
      samples[peer].thousandEvents.push(events)
      samples[peer].customerio.push(arrived.customerio)
      samples[peer].fullstory.push(arrived.fullstory)
    }

  told('calls', samples)
  const results = {} as Record<Timed, Times>
  const loads = [...TIMED, 'nothing' as const]
  const none = () => Object.fromEntries(loads.map(peer => [peer, [] as number[]]))
  const blocked = { 4: none(), 6: none() }
  for (let round = 0; round < rounds.loads; round++)
    for (const rate of [4, 6] as const)
      for (const peer of loads) blocked[rate][peer]?.push(await blockingTime(shops[peer], rate))
  told('loads', blocked)
  const added = (rate: 4 | 6, peer: Timed) =>
    Math.max(0, median(blocked[rate][peer] ?? []) - median(blocked[rate].nothing ?? []))
  for (const peer of TIMED) {
    const { start, ...rest } = samples[peer]
    results[peer] = {
      start: median(start),
      identify: median(rest.identify),
      thousandFlags: median(rest.thousandFlags),
      thousandEvents: median(rest.thousandEvents),
      eventsArrived: { customerio: median(rest.customerio), fullstory: median(rest.fullstory) },
      blocking: { 4: added(4, peer), 6: added(6, peer) },
      heldBytes: await heldBytes(shops[peer], rounds.missing),
    }
  }
  return results
}

const VENDOR_SCRIPTS = [/\/fs\.js/, /\/analytics\.min\.js/, /\/track\.js/]

const withoutVendors = async (shop: Shop): Promise<Page> => {
  const visitor = await shop.visitor()
  for (const script of VENDOR_SCRIPTS) await visitor.route(script, route => route.abort())
  return visitor.newPage()
}

const startTime = async (shop: Shop): Promise<number> => {
  const page = await withoutVendors(shop)
  await page.goto(shop.url({ script: false }))
  const { during } = await watchMainThread(page)
  const time = await during(() =>
    page.evaluate(
      async ([script, after]) => {
        await import(script)
        await new Promise(resolve => setTimeout(resolve, after))
      },
      [shop.script, AFTER] as const,
    ),
  )
  await page.context().close()
  return time
}

const callTimes = async (shop: Shop) => {
  const page = await (await shop.visitor()).newPage()
  await page.goto(shop.url())
  await page.waitForFunction(() => window.peer)
  await settlePage(page, shop.workspace)
  const { during } = await watchMainThread(page)
  const repeated = (say: (peer: Peer, n: number) => void) =>
    during(async () => {
      await page.evaluate(`{ const say = ${say}; for (let n = 1; n <= 1000; n++) say(window.peer, n) }`)
      await settlePage(page, shop.workspace, PATIENCE)
    })
  const identify = await during(async () => {
    await page.evaluate(
      ({ id, email, flags }) => {
        window.peer.login(id, { email })
        window.peer.flags(flags)
      },
      { ...ADA, flags: FLAGS },
    )
    await settlePage(page, shop.workspace)
  })
  const flags = await repeated((peer, n) => peer.flags({ cart_items: n }))
  const count = countVendorCalls(shop.workspace)
  const events = await repeated((peer, n) => peer.track('product_viewed', { n }))
  const { customerio, fullstory } = count()
  await page.context().close()
  return { identify, flags, events, arrived: { customerio: customerio.track, fullstory: fullstory.event } }
}

const blockingTime = async (shop: Shop, rate: number): Promise<number> => {
  const page = await withoutVendors(shop)
  const { session } = await watchMainThread(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
  await page.goto(shop.url({ snippets: false }), { waitUntil: 'load' })
  const time = await page.evaluate(
    after =>
      new Promise<number>(resolve => {
        let sum = 0
        new PerformanceObserver(list => {
          for (const { duration } of list.getEntries()) sum += Math.max(0, duration - 50)
        }).observe({ type: 'longtask', buffered: true })
        setTimeout(() => resolve(sum), after)
      }),
    AFTER,
  )
  await page.context().close()
  return time
}

const heldBytes = async (shop: Shop, calls: number): Promise<number> => {
  const page = await withoutVendors(shop)
  await page.context().route(/cdn\.segment\.com/, () => {})
  await page.goto(shop.url())
  await page.waitForFunction(() => window.peer)
  const { session } = await watchMainThread(page)
  const before = await heapOf(session)
  await page.evaluate(async count => {
    for (let n = 1; n <= count; n += 2) {
      window.peer.flags({ cart_items: n })
      window.peer.track('product_viewed', { n })
      // A page has a life beside this.
      if (n % 1000 === 1) await new Promise(resolve => setTimeout(resolve))
    }
  }, calls)
  const held = (await heapOf(session)) - before
  await page.context().close()
  return held
}
