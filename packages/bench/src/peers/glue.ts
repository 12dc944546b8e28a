import { identify, logout, page, setFlags, track } from './glue-code.ts'

if (window.facts.user) identify(window.facts.user.id, { email: window.facts.user.email })

const customerioReady = () => new Promise<void>(resolve => window.cioanalytics.ready(resolve))

window.peer = {
  ready: () => Promise.all([customerioReady(), window.FS('getSessionAsync')]),
  page,
  flags: setFlags,
  track,
  login: identify,
  logout,
  settled: customerioReady,
  mark: {
    customerio: name => window.cioanalytics.track(name),
    fullstory: name => window.FS('trackEvent', { name, properties: {} }),
  },
}
