import type { Line } from './panel-view.ts'

/** Makes an element: no markup, so that Trusted Types have nothing to refuse. */
export type Make = (
  tag: string,
  attributes?: Record<string, string>,
  ...children: (Node | string)[]
) => HTMLElement

export const makeIn =
  (document: Document): Make =>
  (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag)
    for (const name in attributes) element.setAttribute(name, attributes[name] as string)
    element.append(...children)
    return element
  }

export const button = (
  make: Make,
  text: string,
  act: (button: HTMLElement) => void,
  attributes?: Record<string, string>,
): HTMLElement => {
  const element = make('button', { type: 'button', ...attributes }, text)
  element.addEventListener('click', () => act(element))
  return element
}

/** A button that stays pressed until it is pressed again. */
export const toggle = (make: Make, text: string, act: (isPressed: boolean) => void): HTMLElement =>
  button(
    make,
    text,
    pressed => {
      const isPressed = pressed.getAttribute('aria-pressed') !== 'true'
      pressed.setAttribute('aria-pressed', String(isPressed))
      act(isPressed)
    },
    { 'aria-pressed': 'false' },
  )

/** What is shown where there is nothing. */
const NOTHING: readonly Line[] = [{ title: 'None', details: [] }]

/** A part of the panel that folds. */
export const foldingPart = (make: Make, title: string, isOpen: boolean, isCounted: boolean) => {
  const heading = make('summary', {}, title)
  const list = make('ul')
  let shown = ''
  const item = ({ mark = '', title, value, details }: Line) =>
    make(
      'li',
      { class: mark },
      make('b', {}, title),
      ...(value === undefined ? [] : [make('code', {}, value)]),
      ...details.map(detail => make('p', {}, detail)),
    )
  return {
    element: make('details', isOpen ? { open: '' } : {}, heading, list),
    show: (lines: readonly Line[]) => {
      // What is selected or read out stays as long as nothing is new.
      if (shown === JSON.stringify(lines)) return
      shown = JSON.stringify(lines)
      if (isCounted) heading.textContent = `${title} (${lines.length})`
      list.replaceChildren(...(lines[0] ? lines : NOTHING).map(item))
    },
  }
}

/** A link that is read anew when it is followed, and is hidden while there is none. */
export const freshLink = (make: Make, text: string, read: () => string | null | undefined) => {
  const link = make('a', { target: '_blank', rel: 'noopener', hidden: '' }, text) as HTMLAnchorElement
  const show = () => {
    const address = read()
    link.hidden = !/^https?:/.test(address ?? '')
    if (!link.hidden) link.href = address as string
  }
  link.addEventListener('click', show)
  return { element: link, show }
}

/** Copies a text; where that is refused, it is shown in `element`, selected. Says in `note` what came of it. */
export const copier = (make: Make, { clipboard }: Navigator, read: () => string) => {
  const element = make('textarea', {
    readonly: '',
    hidden: '',
    'aria-label': 'Report',
  }) as HTMLTextAreaElement
  const note = make('p', { role: 'status' })
  return {
    element,
    note,
    copy: async () => {
      element.value = read()
      try {
        await clipboard.writeText(element.value)
        note.textContent = 'Copied.'
      } catch {
        element.hidden = false
        element.select()
        note.textContent = 'Copy the text above.'
      }
    },
  }
}
