export async function waitUntil(condition: () => unknown, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`still not true: ${condition}`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}
