import customerioPlugin from '@analytics/customerio'
import fullstoryPlugin from '@analytics/fullstory'
import Analytics from 'analytics'

const { origin, workspace } = window.facts

const analytics = Analytics({
  app: 'shop',
  plugins: [
    fullstoryPlugin({ org: workspace }),
    customerioPlugin({
      siteId: workspace,
      customScriptSrc: `${origin}/classic/${workspace}/assets/track.js`,
    }),
  ],
})
// Flags come from Customer.io: it needs none back.
const ONLY_FULLSTORY = { plugins: { customerio: false } }

const calls: Promise<unknown>[] = []
const said = (call: Promise<unknown>) => void calls.push(call)
// It calls back only who has asked before it was ready.
const ready = new Promise<void>(resolve => analytics.ready(() => resolve()))
const drained = async () => {
  await ready
  await Promise.all(calls)
  // What waited for a plugin goes out when the plugin is ready, or within three seconds.
  while (analytics.getState('queue').actions.length) await new Promise(resolve => setTimeout(resolve, 5))
}

window.peer = {
  ready: () => ready,
  page: name => said(analytics.page({ name })),
  flags: values => said(analytics.identify(values as unknown as string, undefined, ONLY_FULLSTORY)),
  track: (name, properties) => said(analytics.track(name, properties)),
  login: (id, traits) => said(analytics.identify(id, traits)),
  logout: () => said(analytics.reset()),
  settled: drained,
  mark: {
    customerio: name => window._cio.track(name),
    fullstory: name => window.FS.event(name, {}),
  },
}
