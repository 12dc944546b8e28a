import { createBridge, defineFlags } from 'retention-bridge'

const flags = defineFlags({
  vip_tier: { type: 'enum', values: ['none', 'gold'] },
  cart_abandoner: { type: 'bool' },
  cart_items: { type: 'int' },
  price_max: { type: 'real' },
  cart_flow_variant: { type: 'str' },
})

const bridge = createBridge({ flags })
// As README.md says: on each page of somebody who is logged in.
if (window.facts.user) bridge.identify(window.facts.user.id, { traits: { email: window.facts.user.email } })

window.peer = {
  ready: () => bridge.ready(),
  page: name => bridge.page({ name }),
  flags: values => bridge.setFlags(values),
  track: (name, properties) => bridge.track(name, properties),
  login: (id, traits) => void bridge.identify(id, { traits }),
  logout: () => void bridge.logout(),
  settled: () => bridge.flush(),
  mark: {
    customerio: name => window.cioanalytics.track(name),
    fullstory: name => window.FS('trackEvent', { name, properties: {} }),
  },
}
