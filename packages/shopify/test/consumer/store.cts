import shopify = require('@retention-bridge/shopify')
import pixel = require('@retention-bridge/shopify/pixel')
import library = require('retention-bridge')

const flags = library.defineFlags({ payment_failed: { type: 'bool' } })
const bridge = library.createBridge({ flags })
shopify.tellCheckout(bridge, { flags: { failed: 'payment_failed' } })
// @ts-expect-error Not a flag of the plan: proves that the types say something.
shopify.tellCheckout(bridge, { flags: { failed: 'payment_failure' } })
pixel.settingsOfApp({ write_key: 'key' }).writeKey?.toUpperCase()
bridge.destroy()
