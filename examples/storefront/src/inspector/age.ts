import { html, type Markup } from '../html.ts'

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const

/** A time as its age; `refreshAges` keeps it true. */
export function age(at: number): Markup {
  return html`<time class="age" datetime="${new Date(at).toISOString()}" title="${new Date(at).toLocaleString()}"></time>`
}

export function refreshAges(root: ParentNode = document): void {
  for (const element of root.querySelectorAll<HTMLTimeElement>('time.age')) {
    const text = wordsFor(Date.now() - Date.parse(element.dateTime))
    if (element.textContent !== text) element.textContent = text
  }
}

export function clockTime(at: number): Markup {
  const text = new Date(at).toLocaleTimeString('en-US', { hour12: false })
  return html`<time datetime="${new Date(at).toISOString()}">${text}</time>`
}

function wordsFor(milliseconds: number): string {
  const unit = UNITS.find(([, length]) => milliseconds >= length)
  return unit ? `${Math.floor(milliseconds / unit[1])} ${unit[0]} ago` : 'just now'
}
