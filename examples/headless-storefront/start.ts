import { serveUntilStopped } from '../storefront/server/serve-until-stopped.ts'
import { startHeadlessShop } from './server/shop.ts'

const { url, viewUrl, close } = await startHeadlessShop({ port: Number(process.env.PORT ?? 0), watch: true })
serveUntilStopped('shop', { Open: url, Received: viewUrl }, close)
