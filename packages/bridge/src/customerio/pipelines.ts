import type { Properties, Vendor } from '../delivery/vendor.ts'
import { readStored } from '../globals.ts'
import { normalEmail } from '../identity/visitor.ts'

/** What the bridge uses of the loaded `Analytics` of `@customerio/cdp-analytics-browser` 0.5. */
export interface Pipelines {
  user(): {
    id(): string | null | undefined
    anonymousId(): string | null | undefined
    traits(): Properties | undefined
  }
  identify(id: string, traits: Properties): PromiseLike<unknown>
  identify(traits: Properties): PromiseLike<unknown>
  track(name: string, properties?: Properties): PromiseLike<unknown>
  reset(): unknown
  setAnonymousId(id: string): unknown
  on(event: string, listener: () => void): unknown
  ready(callback: () => void): PromiseLike<unknown>
  /** The plugins at work, among them Customer.io's own destinations. */
  queue?: { plugins?: readonly { name: string }[] }
}

/** Customer.io's JavaScript SDK, once it is ready. */
export const pipelines = (sdk: Pipelines): Vendor => {
  const read = () => {
    const id = sdk.user().id()
    return { id: id ? String(id) : null, anonymousId: sdk.user().anonymousId() }
  }
  const traits = () => sdk.user().traits() ?? {}
  return {
    api: 'cioanalytics',
    read,
    identify: ({ id = null, properties }) => {
      const current = read().id
      const held = traits()
      // The vendor asks to identify on change only. What it was told before it keeps itself, across pages.
      if (
        current === id &&
        Object.keys(properties).every(name => canonical(properties[name]) === canonical(held[name]))
      )
        return
      // Without a reset the anonymous id of somebody else, or of another guest, would be this person's, too.
      if (current ? current !== id : held.email && normalEmail(held.email) !== normalEmail(properties.email))
        sdk.reset()
      return id ? sdk.identify(id, properties) : sdk.identify(properties)
    },
    reset: ({ elsewhere }) => {
      if (!read().id && !traits().email) return
      // The SDK's own memory has the earlier visitor's; only storage has what the other tab has made since.
      const anonymousId = elsewhere && readStored('ajs_anonymous_id')
      sdk.reset()
      if (anonymousId) sdk.setAnonymousId(JSON.parse(anonymousId))
    },
    // Flags are FullStory's; Customer.io knows them first.
    update: () => {},
    track: ({ name, properties }) => sdk.track(name as string, properties),
  }
}

/** JSON in which the order of keys makes no difference. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part) =>
    part && typeof part === 'object' && !Array.isArray(part) ? Object.entries(part).sort() : part,
  )
