import { pageAddress, pageDocument } from '../globals.ts'

/** What looks as if it did something when clicked, beside what has the hand as its cursor. */
const LOOKS = 'button,a[href],[role=button],[type=button],[type=submit]'
/**
 * What the browser itself answers, what shows that it will not answer, menus that open by having the focus, and what is
 * to be ignored.
 */
const ANSWERED =
  'input:not([type=button],[type=submit]),select,textarea,label,summary,video,canvas,[contenteditable],:disabled,[aria-disabled=true],[aria-current],[aria-selected=true],[aria-checked=true],[aria-haspopup]:not([aria-expanded]),[data-rb-ignore]'
/** The chosen one of several says so; the colon belongs to names such as `active:bg-black`. */
const CHOSEN = /\b(active|selected|current)\b(?!:)/

/** Milliseconds after which a press is a long one, and pixels after which it is a drag. */
const LONG = 700
const DRAG = 10

const hasHand = (element: Element) => getComputedStyle(element).cursor === 'pointer'

/** The innermost element of a click's path that looks as if it did something when clicked, and has to show it itself. */
export const clickable = (path: readonly Element[]): Element | false => {
  const within = (selector: string) => path.find(node => node.matches?.(selector))
  const [inner] = path as [Element]
  // A hand over the whole page says nothing.
  const what = within(LOOKS) ?? (hasHand(inner) && !hasHand(pageDocument().body) && inner)
  return what && !CHOSEN.test(what.className) && !within(ANSWERED) && what
}

/** Whether it was no click, but a long press or a drag. */
export const isHeld = (click: MouseEvent, press: MouseEvent): boolean =>
  click.timeStamp - press.timeStamp > LONG || Math.hypot(click.x - press.x, click.y - press.y) > DRAG

/** Whether a click on a link, which all listeners have heard, was left to the browser, or led to where the page is. */
export const isFollowed = (href: string | undefined, { defaultPrevented }: Event): unknown =>
  href && !/^javascript:|#$/.test(href) && (!defaultPrevented || href === pageAddress())
