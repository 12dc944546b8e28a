import { FullStory, init as initFullStory } from '@fullstory/browser'
import { captureException, init } from '@sentry/browser'
import { fullStoryIntegration } from '@sentry/fullstory'

const { origin, workspace } = window.facts
const { host } = new URL(origin)

/** Links to FullStory's sessions that Sentry's events carry on their way out. */
const links: (string | undefined)[] = []

initFullStory({ orgId: workspace, host, script: `${host}/s/${workspace}/fs.js` })
/** As its guide says, or with what its code looks for: a global that snippets before 2.1 set, and FullStory's older methods. */
const helped = location.search === '?helped'
if (helped) Object.assign(window, { _fs_namespace: 'FS' })
const global = {
  getCurrentSessionURL: (now?: true) => window.FS.getCurrentSessionURL(now) as string | null,
  event: (name: string, properties: object) => window.FS.event(name, properties),
}

init({
  dsn: 'https://key@localhost/1',
  integrations: [fullStoryIntegration('shop', { client: helped ? global : (FullStory as never) })],
  beforeSend: event => {
    links.push(event.contexts?.fullStory?.fullStoryUrl as string | undefined)
    return null
  },
})

Object.assign(window, { fail: (text: string) => captureException(new Error(text)), links })
