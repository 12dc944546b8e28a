/** Markup that may be put into a page as it is. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | readonly Markup[] | string | number | false | null | undefined

/** Builds markup; every value that is not markup itself is escaped. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(strings.reduce((text, string, index) => text + textOf(parts[index - 1]) + string))
}

export function show(target: Element, markup: Markup): void {
  target.innerHTML = markup.text
}

export function find<Type extends Element = HTMLElement>(
  selector: string,
  root: ParentNode = document,
): Type {
  const element = root.querySelector<Type>(selector)
  if (!element) throw new Error(`no ${selector} on this page`)
  return element
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function textOf(part: Part): string {
  if (part instanceof Markup) return part.text
  if (Array.isArray(part)) return part.map(textOf).join('')
  if (part === false || part === null || part === undefined) return ''
  return String(part).replace(/[&<>"']/g, character => ENTITIES[character] ?? character)
}
