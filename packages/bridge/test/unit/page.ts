import type { Bridge, FlagPlan } from '../../src/index.ts'
// Loaded before the clock is faked: what is asked for later is there after some microtasks.
import '../../src/customerio/find-customerio.ts'
import '../../src/delivery/delivery.ts'
import '../../src/fullstory/find-fullstory.ts'
import '../../src/fullstory/v1.ts'

/** What this browser has stored is gone: ids that SDKs keep in cookies, too. */
export const forgetVisitor = (): void => {
  localStorage.clear()
  for (const cookie of document.cookie.split('; ')) {
    // biome-ignore lint/suspicious/noDocumentCookie: SDKs keep their ids there.
    document.cookie = `${cookie.split('=')[0]}=; max-age=0; path=/`
  }
}

/** Leaves nothing for the next test: a page has one bridge, and this browser remembers who it was. */
export const leavePage = (): void => {
  const page = window as unknown as { retention_bridge?: Bridge<FlagPlan> }
  page.retention_bridge?.destroy()
  localStorage.clear()
}
