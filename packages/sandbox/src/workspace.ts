import { ChangeFeed } from './change-feed.ts'
import { CustomerIoCollector } from './customerio/collector.ts'
import { type CustomerIoSettings, defaultSettings } from './customerio/project-settings.ts'
import { type Faults, noFaults } from './fault.ts'
import { FullStoryCollector } from './fullstory/collector.ts'

/** One store's account with both vendors. */
export interface Workspace {
  /** Serves as Customer.io write key, in-app site id and FullStory org id. */
  id: string
  customerio: CustomerIoCollector
  fullstory: FullStoryCollector
  faults: Faults
  settings: CustomerIoSettings
}

export type ObservedWorkspace = Workspace & { changes: ChangeFeed }

export class Workspaces {
  private readonly byId = new Map<string, ObservedWorkspace>()

  /** Made on first use, as a page may ask for it before a test does. */
  readonly get = (id: string): ObservedWorkspace => {
    const known = this.byId.get(id)
    if (known) return known
    const changes = new ChangeFeed()
    const workspace: ObservedWorkspace = {
      id,
      customerio: new CustomerIoCollector(changes.notify),
      fullstory: new FullStoryCollector(changes.notify),
      faults: noFaults(),
      settings: defaultSettings(),
      changes,
    }
    this.byId.set(id, workspace)
    return workspace
  }
}
