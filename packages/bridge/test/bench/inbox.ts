/**
 * Prints how long a flag takes to the call of FullStory, in milliseconds: from the push of an inbox message to a page that
 * is open, and from `identify` on the page of a shopper who arrives after the push. The built library, the real
 * Customer.io SDK and its live connection in a browser, with the sandbox as the server.
 */
import { LISTENS, openInboxStage, push as pushTo } from '../browser/inbox-stage.ts'

const COUNT = 50
/** Milliseconds between two: FullStory takes 30 calls a minute, and what waits for that is not what is measured. */
const PAUSE = 2300

// The clocks of browser and server are one machine's.
const WATCH = `window.calls = []
  bridge.on('delivered', ({ kind, vendor, properties }) => {
    if (kind === 'update' && vendor === 'fullstory')
      calls[properties.purchase_count] = performance.timeOrigin + performance.now()
  });`

const print = (what: string, times: number[]) => {
  times.sort((one, other) => one - other)
  const at = (share: number) => times[Math.ceil(share * times.length) - 1]?.toFixed(1)
  console.log(`${what}: median ${at(0.5)} ms, p95 ${at(0.95)} ms`)
}

const stage = await openInboxStage()
try {
  const { page, push, live } = await stage.open({ setup: `${LISTENS} ${WATCH} bridge.identify('ada')` })
  await live
  const times: number[] = []
  for (let turn = 1; turn <= COUNT; turn++) {
    const start = performance.timeOrigin + performance.now()
    push({ properties: { set: { purchase_count: turn } } })
    const end = await page.waitForFunction(count => Object(window).calls[count], turn)
    times.push(((await end.jsonValue()) as number) - start)
    await page.waitForTimeout(PAUSE)
  }
  print(`${COUNT} pushes, from push to FullStory's call`, times)

  const arrivals: number[] = []
  for (let turn = 1; turn <= COUNT; turn++) {
    const store = stage.store()
    pushTo(store, { properties: { set: { purchase_count: turn } } })
    const setup = `${LISTENS} ${WATCH} window.start = performance.timeOrigin + performance.now(); bridge.identify('ada')`
    const { page, context } = await stage.open({ store, setup })
    const took = await page.waitForFunction(count => {
      const { calls, start } = Object(window)
      return calls[count] && calls[count] - start
    }, turn)
    arrivals.push((await took.jsonValue()) as number)
    await context.close()
  }
  print(`${COUNT} arrivals after the push, from identify to FullStory's call`, arrivals)
} finally {
  await stage.close()
}
