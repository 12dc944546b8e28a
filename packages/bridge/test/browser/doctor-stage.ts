import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Diagnosis, DoctorOptions, Finding } from '../../src/doctor/index.ts'
import { openPage, openStage, type PageChoice, type Store } from './stage.ts'

/** A page whose bridge can be diagnosed. */
export const EXAMINED = `
  window.doctor = await import('/dist/doctor/index.js')
  window.diagnose = options => doctor.diagnose(window.bridge, options)
  window.openPanel = options => { window.closePanel = doctor.mountPanel(window.bridge, options) };`

/** A bridge with as much patience as it has by itself: on a busy machine nothing is found that would not be elsewhere. */
export const BRIDGE = 'window.bridge = createBridge({ flags: plan });'
/** One that gives vendors up soon, for pages that lack one on purpose. */
export const SOON = BRIDGE.replace('plan', 'plan, timeout: 1000')

interface Choice extends PageChoice {
  store?: Store
  visitor?: BrowserContext
}

/** The stage, with pages that can be diagnosed. */
export const openDoctorStage = async () => {
  const stage = await openStage()
  return {
    ...stage,
    open: async ({ store = stage.store(), visitor, setup = BRIDGE, ...choice }: Choice = {}) => {
      const context = visitor ?? (await stage.visitor())
      const whole = setup + EXAMINED
      // A page of its own tags has nothing in scope, and no module.
      const own = `(async () => { const { createBridge } = await import('/dist/index.js'); const plan = {}; ${whole} })()`
      const url = store.url({ setup: choice.way === 'own tags' ? own : whole, ...choice })
      const opened = await openPage(context, url)
      await opened.page.waitForFunction(() => window.openPanel)
      return { ...opened, store, visitor: context }
    },
  }
}

export const diagnosisOf = (page: Page, options?: DoctorOptions): Promise<Diagnosis> =>
  page.evaluate(given => window.diagnose(given), options)

/** Waits for vendors longer than a bridge does by itself, and as long for ids that differ. */
export const PATIENT: DoctorOptions = { timeout: 15_000 }

/** What is found once nothing is on its way, in short: code, what it is about, what is there. */
export const foundOn = async (page: Page, options = PATIENT) =>
  (await diagnosisOf(page, options)).findings.map(({ code, about, got }) => [code, about ?? null, got])

/** The doctor comes to find this, among whatever else there is, with what to do about it. */
export const expectFinding = async (page: Page, expected: Partial<Finding>): Promise<Finding> => {
  let found: Finding | undefined
  const find = async () => {
    const { findings } = await diagnosisOf(page, { timeout: 300 })
    found = findings.find(({ code, about }) => code === expected.code && about === expected.about)
    return found ?? findings.map(({ code, about, got }) => [code, about, got])
  }
  await expect.poll(find).toMatchObject({ todo: expect.any(String), ...expected })
  return found as Finding
}

declare global {
  interface Window {
    doctor: typeof import('../../src/doctor/index.ts')
    diagnose(options?: DoctorOptions): Promise<Diagnosis>
    openPanel(options?: DoctorOptions): void
    closePanel(): void
  }
}
