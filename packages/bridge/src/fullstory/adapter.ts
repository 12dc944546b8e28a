import type { Step, Vendor } from '../delivery/vendor.ts'
import type { FullStoryApi } from './namespace.ts'

/** Names the integration to FullStory (third argument of every call). */
export const SOURCE = 'retention-bridge'

/**
 * FullStory by its V2 operations, in their sync form only: async calls are rejected and lost while capture is shut
 * down, which includes the middle of a session split; sync calls are kept (observed with fs.js).
 */
export const fullStory = (api: string, fs: FullStoryApi): Vendor => {
  const call = (operation: string, options?: object) => fs(operation, options, SOURCE)
  // The vendor wants the uid once on every page; `undefined` until this page has said anything.
  let told: string | null | undefined
  const readId = () => {
    const config = call('getConfig') as { user?: { uid?: string } } | null | undefined
    return config ? (config.user?.uid ?? null) : undefined
  }
  const send = (operation: string, more: object, { properties, types }: Step) =>
    call(operation, { ...more, properties, schema: { properties: types } })
  return {
    api,
    identify: step => {
      const { id } = step
      // The vendor asks not to identify guests: their address is a property of the anonymous visitor.
      if (!id)
        return send(
          'setProperties',
          { type: 'user' },
          { ...step, properties: { email: step.properties.email } },
        )
      if (told === id && (readId() ?? id) === id) return
      call('setIdentity', { uid: id })
      told = id
    },
    reset: () => {
      if (told === null) return
      call('setIdentity', { anonymous: true })
      told = null
    },
    update: step => send('setProperties', { type: 'user' }, step),
    track: step => send('trackEvent', { name: step.name }, step),
    read: () => ({ id: readId(), sessionUrl: call('getSession', { format: 'url.now' }) as string }),
  }
}
