import type { ExtensionApi } from '@shopify/web-pixels-extension'
import type { PixelSettings } from './settings.ts'
import { startPixel } from './start-pixel.ts'

// What Shopify gives a custom pixel: https://shopify.dev/docs/api/web-pixels-api. Consent is in `api` alone.
declare const analytics: ExtensionApi['analytics']
declare const browser: ExtensionApi['browser']
declare const init: ExtensionApi['init']
declare const api: Pick<ExtensionApi, 'customerPrivacy'>
/** The block at the top of the built file. */
declare const SETTINGS: Partial<PixelSettings>

startPixel({ analytics, browser, init, customerPrivacy: api.customerPrivacy }, SETTINGS)
