import { FullStory } from '@fullstory/browser'
import { captureException, init } from '@sentry/browser'
import { fullStoryIntegration } from '@sentry/fullstory'

/** Links of FullStory's sessions that Sentry's events carry: where they would be sent to. */
const links: (string | undefined)[] = []

init({
  dsn: 'https://key@localhost/1',
  integrations: [fullStoryIntegration('shop', { client: FullStory as never })],
  beforeSend: event => {
    links.push(event.contexts?.fullStory?.fullStoryUrl as string | undefined)
    return null
  },
})

Object.assign(window, { reportError: (text: string) => captureException(new Error(text)), links })
