import { settingsOfApp, startPixel } from '@retention-bridge/shopify/pixel'
import { register } from '@shopify/web-pixels-extension'

register(api => startPixel(api, settingsOfApp(api.settings)))
