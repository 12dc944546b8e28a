import { MissingFrame, until } from './evaluate.ts'
import type { Injected } from './injected.ts'
import type { keyboardOf } from './keyboard.ts'
import type { mouseOf } from './mouse.ts'
import { type RoleOptions, selectors } from './selectors.ts'

/** Where elements are looked for: a page, or a frame in it. */
export interface Place {
  /** Runs a function in it, which gets Playwright's script. */
  ask(script: unknown, argument?: unknown): Promise<unknown>
  mouse: ReturnType<typeof mouseOf>
  keyboard: ReturnType<typeof keyboardOf>
}

interface Waiting {
  timeout?: number
}

const query = (selector: string, injected: Injected) =>
  injected.querySelectorAll(injected.parseSelector(selector), document)

/** The one element, or nothing; more than one are a mistake of the test. */
const only = (selector: string, injected: Injected) => {
  const found = query(selector, injected)
  if (found.length > 1) throw new Error(`strict mode violation: ${selector} are ${found.length} elements`)
  return found[0]
}

const inPage = (run: unknown, mode: 'only' | 'all') => `async ({ selector, argument }, injected) => {
  const query = ${query}
  const only = ${only}
  ${
    mode === 'all'
      ? `return (${run})(query(selector, injected), argument, injected)`
      : `const element = only(selector, injected)
         return element ? { answer: await (${run})(element, argument, injected) } : null`
  }
}`

/** Ready for the mouse, and where its middle is. */
const middle = async (element: Element, force: boolean, injected: Injected) => {
  if (!force && (await injected.checkElementStates(element, ['visible', 'enabled', 'stable']))) return null
  element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
  // Lines of a link that is broken have boxes of their own.
  const { left, top, width, height } = element.getClientRects()[0] ?? element.getBoundingClientRect()
  const point = { x: left + width / 2, y: top + height / 2 }
  return force || injected.expectHitTarget(point, element) === 'done' ? point : null
}

interface Filter {
  hasText?: string | RegExp
  hasNotText?: string | RegExp
  has?: Locator
}

/** Playwright's locator, as far as it is used. */
export class Locator {
  constructor(
    private readonly place: Place,
    readonly selector: string,
  ) {}

  locator = (selector: string, filter?: Filter) =>
    new Locator(this.place, `${this.selector} >> ${selector}`).filter(filter)
  getByRole = (role: string, options?: RoleOptions) => this.locator(selectors.role(role, options))
  getByText = (text: string | RegExp, options?: { exact?: boolean }) =>
    this.locator(selectors.text(text, options))
  getByLabel = (text: string | RegExp, options?: { exact?: boolean }) =>
    this.locator(selectors.label(text, options))
  filter = ({ hasText, hasNotText, has }: Filter = {}) => {
    const parts = [
      hasText !== undefined && selectors.hasText(hasText),
      hasNotText !== undefined && selectors.hasNotText(hasNotText),
      has && selectors.has(has.selector),
    ].filter(Boolean)
    return new Locator(this.place, [this.selector, ...parts].join(' >> '))
  }
  nth = (at: number) => this.locator(selectors.nth(at))
  first = () => this.nth(0)
  last = () => this.nth(-1)

  /** Waits for the one element, and for an answer about it other than null. */
  private one = <T>(run: unknown, argument?: unknown, { timeout }: Waiting = {}): Promise<T> =>
    until(
      async () => {
        const told = await this.place.ask(inPage(run, 'only'), { selector: this.selector, argument })
        const { answer = null } = (told ?? {}) as { answer?: T | null }
        return answer === null ? undefined : { answer }
      },
      () => `waiting for ${this.selector}`,
      timeout,
    ).then(({ answer }) => answer)

  private all = <T>(run: unknown, argument?: unknown) =>
    this.place.ask(inPage(run, 'all'), { selector: this.selector, argument }) as Promise<T>

  count = () => this.all<number>((found: Element[]) => found.length)
  evaluateAll = (run: unknown, argument?: unknown) => this.all(run, argument)
  allTextContents = () =>
    this.all<string[]>((found: Element[]) => found.map(({ textContent }) => textContent ?? ''))
  isVisible = () =>
    this.all<boolean>((found: Element[], _: unknown, injected: Injected) =>
      found.some(element => injected.elementState(element, 'visible').matches),
    )

  /** An answer that may be null. */
  private read = async <T>(run: unknown, argument?: unknown, waiting?: Waiting) =>
    (
      await this.one<{ is: T }>(
        `async (element, argument) => ({ is: await (${run})(element, argument) })`,
        argument,
        waiting,
      )
    ).is
  evaluate = (run: unknown, argument?: unknown) => this.read(run, argument)
  textContent = (waiting?: Waiting) =>
    this.read<string | null>((element: Element) => element.textContent, null, waiting)
  inputValue = () => this.read<string>((element: HTMLInputElement) => element.value)
  getAttribute = (name: string) =>
    this.read<string | null>((element: Element, name: string) => element.getAttribute(name), name)
  isChecked = () => this.read<boolean>((element: HTMLInputElement) => element.checked)
  boundingBox = () =>
    this.read<{ x: number; y: number; width: number; height: number }>((element: Element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      return { x, y, width, height }
    })

  waitFor = async ({ state = 'visible', timeout }: { state?: string } & Waiting = {}) => {
    const is = `(found, state, injected) =>
      state === 'attached' ? found.length > 0
      : state === 'detached' ? found.length === 0
      : state === 'hidden' ? found.every(element => injected.elementState(element, 'hidden').matches)
      : found.length === 1 && injected.elementState(found[0], 'visible').matches`
    await until(
      async () => {
        const matches = await this.all<boolean>(is, state).catch(error => {
          // What was in a frame is gone with it.
          if (error instanceof MissingFrame && /^(detached|hidden)$/.test(state)) return true
          throw error
        })
        return matches ? true : undefined
      },
      () => `waiting for ${this.selector} to be ${state}`,
      timeout,
    )
  }

  click = async ({
    force = false,
    clickCount = 1,
    timeout,
  }: { force?: boolean; clickCount?: number } & Waiting = {}) => {
    const { x, y } = await this.one<{ x: number; y: number }>(middle, force, { timeout })
    await this.place.mouse.click(x, y, { clickCount })
  }
  dblclick = () => this.click({ clickCount: 2 })
  hover = async () => {
    const { x, y } = await this.one<{ x: number; y: number }>(middle, false)
    await this.place.mouse.move(x, y)
  }
  check = async () => {
    if (!(await this.isChecked())) await this.click()
  }
  uncheck = async () => {
    if (await this.isChecked()) await this.click()
  }
  focus = () =>
    this.read<void>((element: HTMLElement) => {
      element.focus()
    })
  blur = () =>
    this.read<void>((element: HTMLElement) => {
      element.blur()
    })
  press = async (key: string) => {
    await this.focus()
    await this.place.keyboard.press(key)
  }
  pressSequentially = async (text: string) => {
    await this.focus()
    await this.place.keyboard.type(text)
  }
  fill = async (value: string, waiting?: Waiting) => {
    const told = await this.one(
      async (element: Element, value: string, injected: Injected) =>
        (await injected.checkElementStates(element, ['visible', 'enabled', 'editable']))
          ? null
          : injected.fill(element, value),
      value,
      waiting,
    )
    if (told !== 'needsinput') return
    // What was there is selected now.
    if (value) await this.place.keyboard.insertText(value)
    else await this.place.keyboard.press('Delete')
  }
  clear = () => this.fill('')
  selectOption = (wanted: string | { label?: string; value?: string } | string[]) =>
    this.one(
      (element: Element, options: object[], injected: Injected) => injected.selectOptions(element, options),
      [wanted].flat().map(option => (typeof option === 'string' ? { valueOrLabel: option } : option)),
    )
  dispatchEvent = (type: string, init: object = {}) =>
    this.read<void>(
      (element: Element, { type, init }: { type: string; init: EventInit }) => {
        element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true, composed: true, ...init }))
      },
      { type, init },
    )
}
