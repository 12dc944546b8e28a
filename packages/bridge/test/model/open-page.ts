import { Epoch } from './epoch.ts'
import type { Page } from './page.ts'
import type { Speaker } from './reference.ts'

export type Consent = 'granted' | 'pending' | 'denied'

/** A page in a tab, with what the reference knows of it. */
export class OpenPage implements Speaker {
  local: Epoch | undefined
  isActing = false

  constructor(
    readonly page: Page,
    public consent: Consent,
  ) {
    if (consent === 'pending') this.local = new Epoch()
  }

  get isSilent(): boolean {
    return this.isActing || this.consent === 'denied'
  }

  /** Whether the vendors hear what is said. */
  get isHeard(): boolean {
    return !this.isActing && this.consent === 'granted'
  }
}
