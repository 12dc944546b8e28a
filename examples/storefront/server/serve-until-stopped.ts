/**
 * Says where an example can be seen, and serves it until Ctrl-C.
 *
 * @param what it is, e.g. `shop`
 * @param addresses by what is there
 */
export function serveUntilStopped(
  what: string,
  addresses: Record<string, string>,
  close: () => Promise<void>,
): void {
  const width = Math.max(...Object.keys(addresses).map(({ length }) => length))
  const lines = Object.entries(addresses).map(([name, url]) => `  ${name.padEnd(width)}  ${url}`)
  console.log(`\n${lines.join('\n')}\n\n  Ctrl-C stops the ${what} and the sandbox behind it.\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, async () => {
      await close()
      process.exit(0)
    })
}
