import { AnalyticsBrowser } from '@segment/analytics-next'
import { fullstoryDestination } from './segment-fullstory.ts'

const { origin, workspace } = window.facts
const { host } = new URL(origin)

const analytics = AnalyticsBrowser.load({
  writeKey: workspace,
  plugins: [fullstoryDestination({ orgId: workspace, host, script: `${host}/s/${workspace}/fs.js` })],
})
// As its guide says, somebody is identified when they log in. Flags come from Customer.io: it needs none back.
const ONLY_FULLSTORY = { integrations: { 'Segment.io': false } }

const calls: Promise<unknown>[] = []
const said = (call: Promise<unknown>) => void calls.push(call)

window.peer = {
  ready: async () => void (await analytics),
  page: name => said(analytics.page(name)),
  flags: values => said(analytics.identify(values, ONLY_FULLSTORY)),
  track: (name, properties) => said(analytics.track(name, properties)),
  login: (id, traits) => said(analytics.identify(id, traits)),
  logout: () => said(analytics.reset()),
  settled: () => Promise.all(calls),
  mark: {
    customerio: name => void analytics.track(name, {}, { integrations: { 'Fullstory (Actions)': false } }),
    fullstory: name => window.FS('trackEvent', { name, properties: {} }),
  },
}
