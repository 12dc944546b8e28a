/** `npm run fuzz`: all cases, and none of them may take long. */
import { startVitest } from 'vitest/node'

process.env.FUZZ = 'whole'
const vitest = await startVitest('test', [], { project: 'fuzz', watch: false })
await vitest.close()
