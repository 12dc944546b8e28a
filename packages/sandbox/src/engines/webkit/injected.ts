import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { runInNewContext } from 'node:vm'

const MARK = 'generated/injectedScriptSource.ts"() {'

let source: string | undefined
/**
 * What Playwright runs in pages to find elements and to tell whether they can be used, so that a locator means the
 * same in all engines. It is not among the exports of the package, whose version is pinned.
 */
export const injectedSource = (): string => {
  if (source) return source
  const bundle = readFileSync(
    createRequire(import.meta.url).resolve('playwright-core/lib/coreBundle'),
    'utf8',
  )
  const start = bundle.indexOf("= '", bundle.indexOf(MARK)) + 2
  const text: unknown = runInNewContext(bundle.slice(start, bundle.indexOf("';\n", start) + 1))
  if (typeof text !== 'string' || !text.includes('checkElementStates'))
    throw new Error('playwright-core keeps its injected script elsewhere than before')
  const options = {
    isUnderTest: false,
    sdkLanguage: 'javascript',
    frameSeq: 0,
    testIdAttributeName: 'data-testid',
    stableRafCount: 1,
    browserName: 'webkit',
    shouldPrependErrorPrefix: false,
    isUtilityWorld: false,
    customEngines: [],
  }
  source = `(() => { const module = {}; ${text}
    return new (module.exports.InjectedScript())(globalThis, ${JSON.stringify(options)}) })()`
  return source
}

/** What this project uses of it. */
export interface Injected {
  parseSelector(selector: string): unknown
  querySelectorAll(selector: unknown, root: Node): Element[]
  checkElementStates(element: Element, states: string[]): Promise<unknown>
  elementState(element: Element, state: string): { matches: boolean }
  expectHitTarget(point: { x: number; y: number }, element: Element): unknown
  fill(element: Element, value: string): string
  focusNode(element: Element): unknown
  selectOptions(element: Element, options: object[]): unknown
}
