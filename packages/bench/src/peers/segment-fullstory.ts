import { FullStory, init } from '@fullstory/browser'
import type { Plugin } from '@segment/analytics-next'

const SOURCE = 'segment-browser-actions'

/**
 * Segment's destination "Fullstory (Actions)" with its presets, which Segment serves from its own network and not on
 * npm: the calls that it makes, after its published source (segmentio/action-destinations,
 * packages/browser-destinations/destinations/fullstory/src: index, identifyUserV2, trackEventV2, viewedPageV2).
 */
export const fullstoryDestination = (settings: {
  orgId: string
  host?: string
  script?: string
}): Plugin => ({
  name: 'Fullstory (Actions)',
  type: 'destination',
  version: '1.0.0',
  isLoaded: () => 'FS' in window,
  load: async () => void init(settings),
  identify: context => {
    const { userId, anonymousId, traits = {} } = context.event
    const properties = {
      ...traits,
      ...(anonymousId && { segmentAnonymousId: anonymousId }),
      ...(traits.name !== undefined && { displayName: traits.name }),
    }
    if (userId) FullStory('setIdentity', { uid: userId, properties }, SOURCE)
    else FullStory('setProperties', { type: 'user', properties }, SOURCE)
    return context
  },
  track: context => {
    const { event = '', properties = {} } = context.event
    FullStory('trackEvent', { name: event, properties }, SOURCE)
    return context
  },
  page: context => {
    const { name, category, properties = {} } = context.event
    const pageName = category ?? name
    FullStory(
      'setProperties',
      { type: 'page', properties: { ...(pageName && { pageName }), ...properties } },
      SOURCE,
    )
    return context
  },
})
