import { createBridge, defineFlags } from 'retention-bridge'
import { carryLink } from 'retention-bridge/carry'
import { initCheckout } from 'retention-bridge/checkout'
import { cookieConsent } from 'retention-bridge/consent'
import { diagnose, type FindingCode, mountPanel } from 'retention-bridge/doctor'
import { inAppEvents } from 'retention-bridge/in-app'
import { inboxFlags } from 'retention-bridge/inbox'
import { campaignFlags, pageFlags } from 'retention-bridge/sources'
import { createCustomerIo, createFullStory, expectNoViolations, settled } from 'retention-bridge/testing'

const flags = defineFlags({
  cart_abandoner_4h: { type: 'bool', ttl: '4h' },
  payment_failed: { type: 'bool' },
  vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'] },
})
const consent = cookieConsent({ name: 'banner', granted: /all/ })
const bridge = createBridge({ flags, customerio: 'auto', fullstory: 'auto', consent })
bridge.setFlags({ cart_abandoner_4h: true, vip_tier: 'gold' })
// @ts-expect-error Not a value of this flag: proves that the types say something.
bridge.setFlags({ vip_tier: 'bronze' })
initCheckout(bridge, { flags: { failed: 'payment_failed' } }).started({ total: 1, currency: 'USD' })
// @ts-expect-error Not a flag of the plan.
initCheckout(bridge, { flags: { failed: 'payment_failure' } })
carryLink(bridge, 'https://shop.example/').toUpperCase()
inboxFlags(bridge, { flags, topic: 'segments', after: 'delete' })()
// @ts-expect-error Not what can be done with a message.
inboxFlags(bridge, { after: 'keep' })
inAppEvents(bridge, { flags: { clicked: 'payment_failed' } })()
// @ts-expect-error Not a flag of the plan.
inAppEvents(bridge, { flags: { clicked: 'clicked' } })
pageFlags(bridge)
campaignFlags(bridge, { flags, parameters: { tier: 'vip_tier' } }).vip_tier?.toUpperCase()
// @ts-expect-error Not a flag of the plan.
campaignFlags(bridge, { flags, parameters: { tier: 'vip' } })
const codes: Promise<FindingCode[]> = diagnose(bridge).then(({ findings }) =>
  findings.map(({ code }) => code),
)
codes.then(all => all.includes('ids-differ'))
// @ts-expect-error Not a kind of finding.
codes.then(all => all.includes('ids-agree'))
mountPanel(bridge, { timeout: 1000 })()
bridge.destroy()

const fullstory = createFullStory()
const customerio = createCustomerIo()
const tested = createBridge({ flags, fullstory, customerio })
settled({ bridge: tested, fullstory, customerio }).then(() => expectNoViolations(fullstory, customerio))
// @ts-expect-error Not an option.
createFullStory({ delay: true })
tested.destroy()
