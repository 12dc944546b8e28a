import { pageAddress, pageDocument } from '../globals.ts'

const BUTTONS = '[type=button],[type=submit],[type=reset],[type=image]'
const LOOKS = `button,a[href],[onclick],[role=button],[role=link],[role=tab],${BUTTONS}`
/** What the browser itself answers, what shows that it will not answer, and menus that open by having the focus. */
const ANSWERED = `input:not(${BUTTONS}),select,textarea,label,summary,video,audio,canvas,iframe,object,embed,[contenteditable],:disabled,[aria-disabled=true],[aria-current],[aria-selected=true],[aria-checked=true],[aria-haspopup]:not([aria-expanded])`
/** The chosen one of several says so; the colon belongs to names such as `active:bg-black`. */
const CHOSEN = /\b(active|selected|current)\b(?!:)/

/** Whether the cursor is a hand over this element, and not over the whole page. */
const hasHand = (element: Element) => {
  const isHand = (of: Element) => getComputedStyle(of).cursor === 'pointer'
  return isHand(element) && !isHand(pageDocument().body)
}

/** The innermost element of a click's path that looks as if it did something when clicked, and has to show it itself. */
export const clickable = (path: Element[]): Element | undefined => {
  // What is said of the whole page is said of nothing.
  const inner = path.filter(({ localName }) => localName !== 'body' && localName !== 'html')
  const [target] = inner
  const found = inner.find(element => element.matches(LOOKS))
  const what = found ?? (target && hasHand(target) ? target : undefined)
  if (
    what &&
    !CHOSEN.test(what.getAttribute('class') ?? '') &&
    !inner.some(element => element.matches(ANSWERED))
  )
    return what
  return
}

/** Whether a click, which all listeners have heard by now, was left to the browser, or led to where the page is. */
export const isFollowed = (what: Element, { defaultPrevented }: Event): boolean => {
  const href = what.closest('a')?.href
  if (!href || /^javascript:/.test(href) || /#$/.test(href)) return false
  return !defaultPrevented || href === pageAddress()
}
