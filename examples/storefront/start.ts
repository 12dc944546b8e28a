import { serveUntilStopped } from './server/serve-until-stopped.ts'
import { startShop } from './server/shop.ts'

const { url, inspectorUrl, close } = await startShop({ port: Number(process.env.PORT ?? 0), watch: true })
serveUntilStopped('shop', { Open: url, Inspector: inspectorUrl }, close)
