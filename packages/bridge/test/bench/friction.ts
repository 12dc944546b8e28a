/**
 * Prints what watching for friction adds to a click, beside a bare listener: the built library and both real SDKs in a
 * browser, on a page of 1,500 elements with a form. From before the first listener of a press and a click to after the
 * last one. Milliseconds.
 */
import { click, openFrictionStage } from '../browser/friction-stage.ts'

const CLICKS = 200

const BODY = `${'<section><h2>Hat</h2><p>Felt</p><a href="/hat">More</a></section>'.repeat(370)}
  <form>${'<input>'.repeat(15)}</form><button style="position: fixed; inset: 0 auto auto 0">Buy</button>`

/**
 * The very first listeners of the window begin, the first of the document end: what comes in between is the library.
 * Each click is answered, so that the next is the first that is waited for.
 */
const MEASURE = `window.taken = []
  let begun = 0, press = 0
  const begin = () => { begun = performance.now() }
  const end = ({ type }) => {
    const time = performance.now() - begun
    if (type === 'pointerdown') press = time
    else document.querySelector('button').setAttribute('data-clicks', taken.push(press + time))
  }
  for (const type of ['pointerdown', 'click']) {
    addEventListener(type, begin, true)
    document.addEventListener(type, end, true)
  }`

const stage = await openFrictionStage()
try {
  const run = async (watches: boolean) => {
    const visitor = await stage.visitor()
    // Only pages of their own process are told the time to 0.005 ms.
    await visitor.route('**/page-*', async route => {
      const response = await route.fetch()
      const headers = {
        ...response.headers(),
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'credentialless',
      }
      await route.fulfill({ response, headers })
    })
    const { page } = await stage.open({ visitor, both: true, body: BODY, before: MEASURE })
    if (!watches) await page.evaluate(() => window.stopFriction())
    await click(page, 'button', CLICKS)
    const times = await page.evaluate(() => Object(window).taken as number[])
    times.sort((one, other) => one - other)
    await visitor.close()
    return (share: number) => times[Math.ceil(share * times.length) - 1] as number
  }
  const bare = await run(false)
  const watched = await run(true)
  const added = (share: number) => (watched(share) - bare(share)).toFixed(3)
  console.log(
    `${CLICKS} clicks: bare listener median ${bare(0.5).toFixed(3)} ms; watching adds median ${added(0.5)} ms, p95 ${added(0.95)} ms`,
  )
} finally {
  await stage.close()
}
