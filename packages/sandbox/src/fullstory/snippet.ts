import { generateSnippetText, generateSnippetTextV1, generateSnippetTextV2 } from '@fullstory/snippet'

export interface FullStorySnippetOptions {
  /** Of the sandbox, e.g. `http://localhost:4400`. */
  origin: string
  workspace: string
  /** @default '2.1' */
  version?: '2.1' | '2.0' | '1.3'
  /** @default 'FS' */
  namespace?: string
  /** `false`: nothing is captured before `FS('start')`. */
  captureOnStartup?: boolean
  cookieDomain?: string
}

const GENERATORS = { '2.1': generateSnippetText, '2.0': generateSnippetTextV2, '1.3': generateSnippetTextV1 }

// The published snippets fetch the script over https only; the sandbox is plain http on loopback.
const HARD_CODED_SCHEME = /(["'])https:\/\/\1/g

/** The vendor's own snippet, pointed at the sandbox. JavaScript text without a script tag. */
export function fullstorySnippet(options: FullStorySnippetOptions): string {
  const { origin, workspace, version = '2.1', namespace = 'FS' } = options
  const { protocol, host } = new URL(origin)
  const script = `${host}/s/${workspace}/fs.js`
  const vendorText = GENERATORS[version]({ orgId: workspace, namespace, host, script })
  const text = vendorText.replace(HARD_CODED_SCHEME, `$1${protocol}//$1`)
  return version === '2.1' ? text + initCall(options, namespace) : globals(options) + text
}

/** As `@fullstory/browser` passes its options on: snippet 2.1 reads no globals. */
function initCall({ captureOnStartup, cookieDomain }: FullStorySnippetOptions, namespace: string): string {
  const env = { captureOnStartup, cookieDomain }
  if (captureOnStartup === undefined && cookieDomain === undefined) return ''
  return `\nwindow[${JSON.stringify(namespace)}]('init', ${JSON.stringify({ env })});`
}

function globals({ captureOnStartup, cookieDomain }: FullStorySnippetOptions): string {
  const lines: string[] = []
  if (captureOnStartup !== undefined) lines.push(`window['_fs_capture_on_startup'] = ${captureOnStartup};\n`)
  if (cookieDomain !== undefined) {
    lines.push(`window['_fs_cookie_domain'] = ${JSON.stringify(cookieDomain)};\n`)
  }
  return lines.join('')
}
