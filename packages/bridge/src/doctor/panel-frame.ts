import type { Page } from '../globals.ts'
import { button, copier, foldingPart, freshLink, makeIn, toggle } from './panel-parts.ts'
import { STYLE } from './panel-style.ts'
import type { View } from './panel-view.ts'

/** What can be done in the panel, and what it asks for then. */
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

/** Gives a shadow root its style, which a content security policy without inline styles lets pass. */
const dress = (root: ShadowRoot, page: Page): void => {
  try {
    const sheet = new (page.CSSStyleSheet as typeof CSSStyleSheet)()
    sheet.replaceSync(STYLE)
    root.adoptedStyleSheets = [sheet]
  } catch {
    // Safari before 16.4.
    root.append(makeIn(page.document)('style', {}, STYLE))
  }
}

/** The panel's element, in a shadow root. What can be focused is made once: it stays when what is shown changes. */
export const createFrame = (page: Page, hostClass: string, actions: Actions) => {
  const { document } = page
  const make = makeIn(document)
  const before = document.activeElement as HTMLElement | null
  const host = make('retention-bridge-panel', { class: hostClass })
  const root = host.attachShadow({ mode: 'open' })

  const status = make('p', { role: 'status' })
  const parts = PARTS.map(
    ([name, title, isOpen]) => [name, foldingPart(make, title, isOpen, name !== 'people')] as const,
  )
  const link = freshLink(make, 'Open replay', actions.session)
  const report = copier(make, page.navigator, actions.report)
  const section = make(
    'section',
    { role: 'dialog', 'aria-labelledby': 'title', tabindex: '-1' },
    make(
      'header',
      {},
      make('h2', { id: 'title' }, 'Retention Bridge'),
      status,
      button(make, 'Close', actions.close),
    ),
    make('main', {}, ...parts.map(([, { element }]) => element), report.element),
    make(
      'footer',
      {},
      button(make, 'Copy report', report.copy),
      toggle(make, 'Show ids', actions.reveal),
      link.element,
      report.note,
    ),
  )
  section.addEventListener('keydown', event => {
    // Shortcuts of the page are not meant.
    event.stopPropagation()
    if (event.key === 'Escape') actions.close()
  })
  dress(root, page)
  root.append(section)
  document.documentElement.append(host)
  section.focus({ preventScroll: true })

  return {
    show: (view: View) => {
      // Said again, it would be read out again.
      if (status.textContent !== view.summary) status.textContent = view.summary
      link.show()
      for (const [name, part] of parts) part.show(view[name])
    },
    remove: () => {
      const isFocused = document.activeElement === host
      host.remove()
      if (isFocused && before?.isConnected) before.focus()
    },
  }
}
