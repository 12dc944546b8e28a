import type { FlagPlan } from '../flags/plan.ts'
import { EXCLUDED } from '../fullstory/excluded.ts'
import type { Page } from '../globals.ts'
import type { Bridge } from '../methods.ts'
import type { Diagnosis } from './finding.ts'
import { createFrame } from './panel-frame.ts'
import { type Delivery, deliveryOf, reportOf, viewOf } from './panel-view.ts'

/** Deliveries that are shown. */
const MOST = 20

/** Milliseconds between two looks at what has happened here; after so many of them SDKs are asked without a reason. */
const PAUSE = 150
const IDLE = 13

/** The panel that is open, if any. */
let current: AbortController | undefined

/**
 * Opens the panel. Given what it needs, so that this file shares no code with the one that loads it.
 *
 * @param life ends it
 */
export const open = (
  bridge: Bridge<FlagPlan>,
  page: Page,
  diagnose: () => Promise<Diagnosis>,
  life: AbortController,
): void => {
  const { signal } = life
  if (signal.aborted) return
  const deliveries: Delivery[] = []
  let diagnosis: Diagnosis | undefined
  let isShown = false
  let isNews = true
  let isLooking = false
  let pauses = 0

  const session = () => bridge.status().vendors.fullstory.sessionUrl
  const view = () => viewOf(bridge.status(), diagnosis, deliveries, Date.now(), isShown)
  // What is no bridge has no panel.
  const first = view()
  current?.abort()
  current = life
  const frame = createFrame(page, EXCLUDED, {
    close: () => life.abort(),
    reveal: shows => {
      isShown = shows
      frame.show(view())
    },
    session,
    report: () => reportOf(view(), session(), new Date()),
  })

  const look = async () => {
    isNews = false
    isLooking = true
    diagnosis = await diagnose()
    isLooking = false
    pauses = 0
    if (!signal.aborted) frame.show(view())
  }
  const turn = () => {
    // SDKs are not asked for nobody.
    if (page.document.hidden) return
    if (isNews) frame.show(view())
    if (!isLooking && (isNews || ++pauses > IDLE)) look()
  }
  const timer = setInterval(turn, PAUSE)

  // Not drawn at once: a call is in the middle of its delivery.
  const stir = () => {
    isNews = true
  }
  const keep = (step: Parameters<typeof deliveryOf>[0]) => {
    deliveries.unshift(deliveryOf(step, Date.now()))
    deliveries.splice(MOST)
    stir()
  }
  const ends = [
    bridge.on('delivered', keep),
    bridge.on('dropped', keep),
    ...(['identity', 'flags', 'consent', 'warning', 'session'] as const).map(name => bridge.on(name, stir)),
  ]
  signal.addEventListener('abort', () => {
    clearInterval(timer)
    for (const end of ends) end()
    frame.remove()
  })
  frame.show(first)
  turn()
}
