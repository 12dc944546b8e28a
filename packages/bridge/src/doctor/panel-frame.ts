import type { Page } from '../globals.ts'
import { STYLE } from './panel-style.ts'
import type { Line, View } from './panel-view.ts'

/** What the visitor can do in the panel. */
interface Actions {
  close(): void
  reveal(isShown: boolean): void
  /** The link to this moment of the session's replay. */
  session(): string | null | undefined
  report(): string
}

/** The parts that fold, and whether they are open at first. */
const PARTS: readonly [part: keyof Omit<View, 'summary'>, title: string, isOpen: boolean][] = [
  ['findings', 'What to look at', true],
  ['people', 'Who this is', true],
  ['flags', 'Flags', true],
  ['deliveries', 'Last deliveries', false],
]

/** What is shown where there is nothing. */
const NOTHING: readonly Line[] = [{ title: 'None', details: [] }]

/**
 * The panel's element: in a shadow root, without markup or styles that a content security policy or Trusted Types would
 * refuse. What can be focused stays as it is when what is shown changes.
 */
export const createFrame = (page: Page, hostClass: string, actions: Actions) => {
  const { document, navigator } = page
  const make = (tag: string, attributes: Record<string, string> = {}, ...children: (Node | string)[]) => {
    const element = document.createElement(tag)
    for (const name in attributes) element.setAttribute(name, attributes[name] as string)
    element.append(...children)
    return element
  }
  const button = (text: string, act: (button: HTMLElement) => void, attributes?: Record<string, string>) => {
    const element = make('button', { type: 'button', ...attributes }, text)
    element.addEventListener('click', () => act(element))
    return element
  }
  const listOf = (lines: readonly Line[]) =>
    lines.map(({ mark = '', title, value, details }) =>
      make(
        'li',
        { class: mark },
        make('b', {}, title),
        ...(value === undefined ? [] : [make('code', {}, value)]),
        ...details.map(detail => make('p', {}, detail)),
      ),
    )

  const before = document.activeElement as HTMLElement | null
  const host = make('retention-bridge-panel', { class: hostClass })
  const root = host.attachShadow({ mode: 'open' })
  const status = make('p', { role: 'status' })
  const note = make('p', { role: 'status' })
  const text = make('textarea', { readonly: '', hidden: '', 'aria-label': 'Report' }) as HTMLTextAreaElement
  const link = make(
    'a',
    { target: '_blank', rel: 'noopener', hidden: '' },
    'Open replay',
  ) as HTMLAnchorElement
  const parts = PARTS.map(([part, title, isOpen]) => {
    const heading = make('summary', {}, title)
    const list = make('ul')
    const fold = make('details', isOpen ? { open: '' } : {}, heading, list)
    let shown = ''
    return {
      fold,
      show: (view: View) => {
        const lines = view[part]
        // What is selected or read out stays as long as nothing is new.
        if (shown === JSON.stringify(lines)) return
        shown = JSON.stringify(lines)
        heading.textContent = part === 'people' ? title : `${title} (${lines.length})`
        list.replaceChildren(...listOf(lines[0] ? lines : NOTHING))
      },
    }
  })
  const say = (news: string) => {
    if (status.textContent !== news) status.textContent = news
  }
  const follow = () => {
    const address = actions.session()
    link.hidden = !/^https?:/.test(address ?? '')
    if (!link.hidden) link.href = address as string
  }
  const copy = async () => {
    text.value = actions.report()
    try {
      await navigator.clipboard.writeText(text.value)
      note.textContent = 'Copied.'
    } catch {
      // Not allowed here: by hand.
      text.hidden = false
      text.select()
      note.textContent = 'Copy the text above.'
    }
  }
  const section = make(
    'section',
    { role: 'dialog', 'aria-labelledby': 'title', tabindex: '-1' },
    make(
      'header',
      {},
      make('h2', { id: 'title' }, 'Retention Bridge'),
      status,
      button('Close', actions.close),
    ),
    make('main', {}, ...parts.map(({ fold }) => fold), text),
    make(
      'footer',
      {},
      button('Copy report', copy),
      button(
        'Show ids',
        pressed => {
          const isShown = pressed.getAttribute('aria-pressed') !== 'true'
          pressed.setAttribute('aria-pressed', String(isShown))
          actions.reveal(isShown)
        },
        { 'aria-pressed': 'false' },
      ),
      link,
      note,
    ),
  )
  link.addEventListener('click', follow)
  // Shortcuts of the page are not meant.
  section.addEventListener('keydown', event => {
    event.stopPropagation()
    if (event.key === 'Escape') actions.close()
  })
  try {
    const sheet = new (page.CSSStyleSheet as typeof CSSStyleSheet)()
    sheet.replaceSync(STYLE)
    root.adoptedStyleSheets = [sheet]
  } catch {
    // Safari before 16.4.
    root.append(make('style', {}, STYLE))
  }
  root.append(section)
  document.documentElement.append(host)
  section.focus({ preventScroll: true })

  return {
    show: (view: View) => {
      say(view.summary)
      follow()
      for (const part of parts) part.show(view)
    },
    remove: () => {
      const isFocused = document.activeElement === host
      host.remove()
      if (isFocused && before?.isConnected) before.focus()
    },
  }
}
