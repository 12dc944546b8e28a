import { startCheckoutPage } from './server.ts'

const { url, close } = await startCheckoutPage(Number(process.env.PORT ?? 0))

console.log(`
  Open  ${url}

  Ctrl-C stops the page and the sandbox behind it.
`)

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, async () => {
    await close()
    process.exit(0)
  })
