import { serveUntilStopped } from '../storefront/server/serve-until-stopped.ts'
import { startCheckoutPage } from './server.ts'

const { url, close } = await startCheckoutPage(Number(process.env.PORT ?? 0))
serveUntilStopped('page', { Open: url }, close)
