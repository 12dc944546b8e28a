/**
 * Prints what watching for friction adds to a click, beside a bare listener: the built library and both real SDKs in a
 * browser, on a page of 1,500 elements with a form. From before the first listener of a press and a click to after the
 * last one, in milliseconds. Watched and bare take turns on one page, so that both have what else the machine does.
 */
import { openFrictionStage } from '../browser/friction-stage.ts'

const ROUNDS = 10
const CLICKS = 50

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
  const run = async (watches: boolean) => {
    await page.evaluate(isWatched => {
      if (isWatched) window.watch()
      else window.stopFriction()
      Object(window).taken = []
    }, watches)
    for (let time = 0; time < CLICKS; time++) await page.mouse.click(20, 10)
    return page.evaluate(() => Object(window).taken as number[])
  }
  const times = { bare: [] as number[], watched: [] as number[] }
  const share = (of: number[], part: number) => {
    of.sort((one, other) => one - other)
    return of[Math.ceil(part * of.length) - 1] as number
  }
  for (let round = 0; round <= ROUNDS; round++) {
    const [watched, bare] = [await run(true), await run(false)]
    const added = (share(watched, 0.5) - share(bare, 0.5)).toFixed(3)
    console.log(`${round ? `round ${round}` : 'cold'}: watching adds median ${added} ms`)
    if (!round) continue
    times.watched.push(...watched)
    times.bare.push(...bare)
  }
  const added = (part: number) => (share(times.watched, part) - share(times.bare, part)).toFixed(3)
  console.log(
    `${ROUNDS * CLICKS} clicks: bare listener median ${share(times.bare, 0.5).toFixed(3)} ms; watching adds median ${added(0.5)} ms, p95 ${added(0.95)} ms`,
  )
} finally {
  await stage.close()
}
