// Customer.io's own FullStory destination: the page talks to Customer.io's SDK only, which calls FullStory. As its guide
// says, somebody is identified when they log in and not on each page. Flags come from Customer.io: it needs none back.
const ONLY_FULLSTORY = { integrations: { 'Customer.io Data Pipelines': false } }

const ready = () => new Promise<void>(resolve => window.cioanalytics.ready(resolve))

window.peer = {
  ready: () => Promise.all([ready(), window.FS('getSessionAsync')]),
  page: name => window.cioanalytics.page(name),
  flags: values => window.cioanalytics.identify(values, ONLY_FULLSTORY),
  track: (name, properties) => window.cioanalytics.track(name, properties),
  login: (id, traits) => window.cioanalytics.identify(id, traits),
  logout: () => window.cioanalytics.reset(),
  settled: ready,
  mark: {
    customerio: name => window.cioanalytics.track(name),
    fullstory: name => window.FS('trackEvent', { name, properties: {} }),
  },
}
