import library = require('retention-bridge')
import carry = require('retention-bridge/carry')
import checkout = require('retention-bridge/checkout')
import consent = require('retention-bridge/consent')
import doctor = require('retention-bridge/doctor')
import sources = require('retention-bridge/sources')
import testing = require('retention-bridge/testing')

const flags = library.defineFlags({
  cart_abandoner_4h: { type: 'bool', ttl: '4h' },
  payment_failed: { type: 'bool' },
  vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'] },
})
const bridge = library.createBridge({
  flags,
  customerio: 'auto',
  fullstory: 'auto',
  consent: consent.gpcConsent(),
})
bridge.setFlags({ cart_abandoner_4h: true, vip_tier: 'gold' })
// @ts-expect-error Not a value of this flag: proves that the types say something.
bridge.setFlags({ vip_tier: 'bronze' })
checkout.initCheckout(bridge, { flags: { failed: 'payment_failed' } }).started({ total: 1, currency: 'USD' })
// @ts-expect-error Not a flag of the plan.
checkout.initCheckout(bridge, { flags: { failed: 'payment_failure' } })
carry.carryLink(bridge, 'https://shop.example/').toUpperCase()
sources.campaignFlags(bridge, { flags, remove: true }).vip_tier?.toUpperCase()
doctor.diagnose(bridge).then(({ findings }) => findings.length)
doctor.mountPanel(bridge)()
bridge.destroy()

const fullstory = testing.createFullStory()
const tested = library.createBridge({ flags, fullstory, customerio: testing.createCustomerIo() })
testing.settled({ bridge: tested, fullstory }).then(() => testing.expectNoViolations(fullstory))
// @ts-expect-error Not an option.
testing.createFullStory({ delay: true })
tested.destroy()
