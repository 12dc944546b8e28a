import { customerioSnippet } from './customerio/snippet.ts'
import { fullstorySnippet } from './fullstory/snippet.ts'
import { startSandbox } from './sandbox.ts'

const WORKSPACE = 'demo'

const sandbox = await startSandbox({ port: Number(process.env.PORT ?? 0) })
const { origin } = sandbox

console.log(`Sandbox: ${origin}

Paste this into a page:

<script>
${customerioSnippet({ origin, workspace: WORKSPACE, page: true })}</script>
<script>
${fullstorySnippet({ origin, workspace: WORKSPACE })}
</script>

What both vendors received: ${origin}/api/${WORKSPACE}/view`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close())
}
