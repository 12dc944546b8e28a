import { type TellCheckoutOptions, tellCheckout } from '@retention-bridge/shopify'
import { type PixelSettings, settingsOfApp, startPixel } from '@retention-bridge/shopify/pixel'
import { createBridge, defineFlags } from 'retention-bridge'

const flags = defineFlags({ payment_failed: { type: 'bool' } })
const bridge = createBridge({ flags })
const options: TellCheckoutOptions<typeof flags> = { flags: { failed: 'payment_failed' } }
tellCheckout(bridge, options)
// @ts-expect-error Not a flag of the plan: proves that the types say something.
tellCheckout(bridge, { flags: { failed: 'payment_failure' } })
const settings: Partial<PixelSettings> = settingsOfApp({ write_key: 'key' })
// @ts-expect-error Not a region.
settings.region = 'uk'
startPixel.name.toUpperCase()
bridge.destroy()
