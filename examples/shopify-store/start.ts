import { startStore } from './server.ts'

const shop = await startStore({ port: Number(process.env.PORT ?? 0), watch: true })

console.log(`
  Open        ${shop.url}
  Inspector   ${shop.inspectorUrl}

  Ctrl-C stops the store and the sandbox behind it.
`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await shop.close()
    process.exit(0)
  })
}
