import { setTimeout as pause } from 'node:timers/promises'
import { Script } from 'node:vm'
import type { WebDriver } from 'selenium-webdriver'
import { injectedSource } from './injected.ts'
import type { PageRecord } from './page-record.ts'
import { literal, pack, unpack } from './serialize.ts'

/** Under this symbol a page keeps what the driver has in it. */
export const PAGE_KEY = 'retention-bridge.driven'

interface Told {
  /** Which document answers, if it is one of a server, and what it has said to its console since its last answer. */
  id?: string
  records?: PageRecord[]
  state: 'done' | 'failed' | 'pending' | 'gone' | 'uninjected'
  value?: unknown
  /** Of what failed. */
  name?: string
}

/** How long a page may take to answer before others get their turn. */
const PATIENCE = 100

const PRELUDE = `
  const done = arguments[arguments.length - 1]
  const __name = made => made
  const pack = ${pack}
  const symbol = Symbol.for(${JSON.stringify(PAGE_KEY)})
  if (!window[symbol]) Object.defineProperty(window, symbol, { value: { own: { setTimeout: setTimeout.bind(window), String }, evaluations: new Map() } })
  const kept = window[symbol]
  const answer = told => done({ id: kept.id, records: kept.records?.splice(0), ...told })
  const wait = key => {
    const promise = kept.evaluations.get(key)
    if (!promise) return answer({ state: 'gone' })
    let over = false
    const end = told => {
      if (over) return
      over = true
      if (told.state !== 'pending') kept.evaluations.delete(key)
      answer(told)
    }
    promise.then(
      value => end({ state: 'done', value: pack(value) }),
      error => end(error instanceof Error
        ? { state: 'failed', name: error.name, value: error.message }
        : { state: 'failed', name: 'Error', value: kept.own.String(error) }),
    )
    kept.own.setTimeout(() => end({ state: 'pending' }), ${PATIENCE})
  }
`

/** Runs something in the frame that the driver is in; a turn of the driver is as long as {@link PATIENCE}. */
export type Turn = <T>(act: (driver: WebDriver) => Promise<T>) => Promise<T>

/** Statements have no value of their own. */
const asExpression = (script: unknown): string => {
  const text = `(${script})`
  try {
    new Script(text)
    return text
  } catch {
    return `(() => { ${script} })()`
  }
}

let evaluations = 0

/** The function or expression, as text, with an argument; `injected` says that it uses Playwright's script. */
export const evaluate = async (
  turn: Turn,
  script: unknown,
  argument: unknown,
  { injected = false, onDocument = (_id: string, _records?: PageRecord[]) => {} } = {},
): Promise<unknown> => {
  const key = ++evaluations
  const begin = `${PRELUDE}
    ${injected ? "if (!kept.injected) return answer({ state: 'uninjected' }); const injected = kept.injected;" : ''}
    kept.evaluations.set(${key}, (async () => {
      const it = ${asExpression(script)}
      return typeof it === 'function' ? it(${literal(argument)}${injected ? ', injected' : ''}) : it
    })())
    wait(${key})`
  const ask = async (text: string) => {
    const told = (await turn(driver => driver.executeAsyncScript(text))) as Told | null
    if (!told) throw new Error('the page was left while it was asked')
    if (told.id) onDocument(told.id, told.records)
    return told
  }
  let told = await ask(begin)
  if (told.state === 'uninjected') {
    await ask(`${PRELUDE} kept.injected = ${injectedSource()}; answer({ state: 'done' })`)
    told = await ask(begin)
  }
  while (told.state === 'pending') {
    await pause(5)
    told = await ask(`${PRELUDE} wait(${key})`)
  }
  if (told.state === 'failed')
    throw Object.assign(new Error(`page.evaluate: ${told.name}: ${told.value}`), { inPage: true })
  if (told.state === 'gone') throw new Error('Execution context was destroyed: the page was left')
  return unpack(told.value)
}

/** The frame in which something is looked for is not there. */
export class MissingFrame extends Error {}

/** Whether an error says no more than that a page was on its way to another one. */
export const isOfLeaving = (error: unknown): boolean =>
  error instanceof Error && !('inPage' in error) && !('over' in error)

/** Repeats until there is an answer; a page may be left meanwhile. */
export const until = async <T>(
  ask: () => Promise<T | undefined>,
  what: () => string,
  timeout = 30_000,
): Promise<T> => {
  const end = Date.now() + timeout
  let last: unknown
  for (;;) {
    try {
      const answer = await ask()
      if (answer !== undefined) return answer
    } catch (error) {
      if (!isOfLeaving(error)) throw error
      last = error
    }
    if (Date.now() > end)
      throw Object.assign(new Error(`Timeout ${timeout}ms exceeded: ${what()}${last ? ` (${last})` : ''}`), {
        name: 'TimeoutError',
        over: true,
      })
    await pause(20)
  }
}
