import type { Properties, Vendor } from '../delivery/vendor.ts'

/** What the bridge uses of the loaded `Analytics` of `@customerio/cdp-analytics-browser` 0.5. */
export interface Pipelines {
  user(): {
    id(): string | null | undefined
    anonymousId(): string | null | undefined
    traits(): Properties | undefined
  }
  identify(id: string, traits?: Properties): PromiseLike<unknown>
  track(name: string, properties?: Properties): PromiseLike<unknown>
  reset(): unknown
}

/** Customer.io's JavaScript SDK, once it is ready. */
export const pipelines = (sdk: Pipelines): Vendor => {
  const read = () => {
    const id = sdk.user().id()
    return { id: id ? String(id) : null, anonymousId: sdk.user().anonymousId() }
  }
  return {
    api: 'cioanalytics',
    read,
    identify: ({ id, properties }) => {
      const current = read().id
      const held = sdk.user().traits() ?? {}
      // The vendor asks to identify on change only. What it was told before it keeps itself, across pages.
      if (
        current === id &&
        Object.keys(properties).every(name => JSON.stringify(properties[name]) === JSON.stringify(held[name]))
      )
        return
      // Without a reset the in-app plugin would go on with the other person's anonymous id.
      if (current && current !== id) sdk.reset()
      return sdk.identify(id as string, properties)
    },
    reset: () => read().id && sdk.reset(),
    // Flags are FullStory's; Customer.io knows them first.
    update: () => {},
    track: ({ name, properties }) => sdk.track(name as string, properties),
  }
}
