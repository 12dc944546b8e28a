import { serveUntilStopped } from '../storefront/server/serve-until-stopped.ts'
import { startStore } from './server.ts'

const { url, inspectorUrl, close } = await startStore({ port: Number(process.env.PORT ?? 0), watch: true })
serveUntilStopped('store', { Open: url, Inspector: inspectorUrl }, close)
