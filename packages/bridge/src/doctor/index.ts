import type { CustomerIoApi } from '../customerio/connect.ts'
import type { FlagPlan } from '../flags/plan.ts'
import type { FullStoryApi } from '../fullstory/find-fullstory.ts'
import { monotonicNow, type Page, pageWindow } from '../globals.ts'
import type { Bridge } from '../methods.ts'
import { clockBehind, type Refusal, watchPolicy } from './circumstances.ts'
import type { ExaminedCustomerIo, ExaminedFullStory } from './examined.ts'
import type { Diagnosis } from './finding.ts'
import { judge } from './judge.ts'

export type { Diagnosis, Finding, FindingCode, Severity, VendorAnswers } from './finding.ts'

/** What {@link diagnose} and {@link mountPanel} take. */
export interface DoctorOptions {
  /** As for `createBridge`, which was given the same. Default `'auto'`. */
  customerio?: 'auto' | CustomerIoApi
  /** As for `createBridge`, which was given the same. Default `'auto'`. */
  fullstory?: 'auto' | FullStoryApi
  /** How long a diagnosis waits for what is on its way, at most; milliseconds. Default 3,000; of the panel 1,000. */
  timeout?: number
}

/** Milliseconds between two looks at ids that are on their way. */
const PAUSE = 50

/** Of a vendor that cannot be examined, since the file that does or something on the page fails. */
const UNKNOWN: ExaminedCustomerIo & ExaminedFullStory = {
  properties: {},
  inApp: true,
  isOwn: () => false,
}

const nothing = () => undefined

/**
 * Compares what the bridge knows with what each tool itself answers, and says what is wrong and what to do. Nothing is
 * sent, and no SDK is called without consent. Waits up to `timeout` milliseconds for SDKs that are loading, and for
 * ids that are on their way.
 *
 * @returns never rejects; finds nothing where there is no page or no bridge
 *
 * @example for (const { code, got, todo } of (await diagnose(bridge)).findings) console.log(code, got, todo)
 */
export const diagnose = async <Plan extends FlagPlan>(
  bridge: Bridge<Plan>,
  options: DoctorOptions = {},
): Promise<Diagnosis> => {
  let diagnosis: Diagnosis = { findings: [], answers: { fullstory: {} } }
  let stop: (() => void) | undefined
  try {
    const page = pageWindow() as Page
    const refused: Refusal[] = []
    stop = watchPolicy(page, refused)
    const { timeout = 3e3 } = options
    const end = monotonicNow() + timeout
    await bridge.ready({ timeout })
    const [customerio, fullstory, budget] = await Promise.all([
      import('../customerio/examine-customerio.ts').catch(nothing),
      import('../fullstory/examine-fullstory.ts').catch(nothing),
      // Which counts what FullStory was told.
      import('../fullstory/find-fullstory.ts').catch(nothing),
    ])
    do {
      await new Promise(resolve => setTimeout(resolve, PAUSE))
      // All of it in one go.
      const status = bridge.status()
      diagnosis = judge({
        status,
        customerio: customerio?.examine(page, options.customerio, status.vendors.customerio.state) ?? UNKNOWN,
        fullstory: fullstory?.examine(page, options.fullstory, status.vendors.fullstory.state) ?? UNKNOWN,
        isNearLimit: budget?.isNearLimit(monotonicNow()),
        refused,
        behind: clockBehind(page, status.consent === 'granted'),
        isFrame: page.top !== page,
      })
    } while (diagnosis.findings.some(({ code }) => code === 'ids-differ') && monotonicNow() < end)
  } catch {
    // No page, or not a bridge.
  }
  stop?.()
  return diagnosis
}

/**
 * Opens a panel on the page that shows who the visitor is in both tools, what is wrong in plain words, flags,
 * deliveries, and the link to the recording. Ids and e-mail addresses are masked until they are asked for. It sends
 * nothing, and is in no FullStory recording. Opened again, it takes the place of the one before.
 *
 * @returns closes it: nothing of it is left on the page. Never throws.
 *
 * @example const close = mountPanel(bridge)
 */
export const mountPanel = <Plan extends FlagPlan>(
  bridge: Bridge<Plan>,
  options: DoctorOptions = {},
): (() => void) => {
  const life = new AbortController()
  const page = pageWindow()
  // A file that does not come, or what is no bridge, leaves the page as it is.
  if (page)
    import('./panel.ts')
      .then(({ open }) =>
        open(bridge as never, page, () => diagnose(bridge, { timeout: 1e3, ...options }), life),
      )
      .catch(nothing)
  return () => life.abort()
}
