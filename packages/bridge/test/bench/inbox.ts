/**
 * Prints how long a flag takes from the push of an inbox message to the call of FullStory: the built library, the real
 * Customer.io SDK and its live connection in a browser, with the sandbox as the server. Milliseconds.
 */
import { LISTENS, openInboxStage } from '../browser/inbox-stage.ts'

const PUSHES = 50
/** Milliseconds between two: FullStory takes 30 calls a minute, and what waits for that is not what is measured. */
const PAUSE = 2300

// The clocks of browser and server are one machine's.
const WATCH = `window.calls = []
  bridge.on('delivered', ({ kind, vendor, properties }) => {
    if (kind === 'update' && vendor === 'fullstory')
      calls[properties.purchase_count] = performance.timeOrigin + performance.now()
  });`

const stage = await openInboxStage()
try {
  const { page, push, live } = await stage.open({ setup: `${LISTENS} ${WATCH} bridge.identify('ada')` })
  await live
  const times: number[] = []
  for (let turn = 1; turn <= PUSHES; turn++) {
    const start = performance.timeOrigin + performance.now()
    push({ properties: { set: { purchase_count: turn } } })
    const end = await page.waitForFunction(count => Object(window).calls[count], turn)
    times.push(((await end.jsonValue()) as number) - start)
    await page.waitForTimeout(PAUSE)
  }
  times.sort((one, other) => one - other)
  const at = (share: number) => times[Math.ceil(share * times.length) - 1]?.toFixed(1)
  console.log(`${PUSHES} pushes, from push to FullStory's call: median ${at(0.5)} ms, p95 ${at(0.95)} ms`)
} finally {
  await stage.close()
}
