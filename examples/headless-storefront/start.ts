import { startHeadlessShop } from './server/shop.ts'

const shop = await startHeadlessShop({ port: Number(process.env.PORT ?? 0), watch: true })

console.log(`
  Open      ${shop.url}
  Received  ${shop.viewUrl}

  Ctrl-C stops the shop and the sandbox behind it.
`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await shop.close()
    process.exit(0)
  })
}
