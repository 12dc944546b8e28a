import type { Later, Say } from './judge-checkout.ts'
import { createTally } from './tally.ts'

/** Times a form is sent that make a `repeated_submit`, and milliseconds in which that is. */
const SUBMITS = 3
const SUBMITS_WITHIN = 30_000
/** Errors on one field that make a `validation_error`, and milliseconds in which they are the same one. */
const ERRORS = 3
const SAME = 500
/** Milliseconds after an attempt to send a form in which its errors come. */
const ATTEMPT = 1000
/** Fields that have to be filled for a `form_abandoned`, and that are remembered. */
const FILLED = 2
const KEPT = 20

const BUTTON = 'button,[role=button],[type=button],[type=submit],[type=image]'
const INVALID = '[aria-invalid=true]'
const WRITTEN = /^(text|email|tel|url|password|textarea)$/

/**
 * Judges what is done with forms: they are sent again and again, refused again and again, or filled and left. `now` is
 * when it begins to hear of keys.
 */
export const judgeForms = (say: Say, later: Later, describe: (element: Element) => string, now: number) => {
  const submits = createTally()
  let errors = createTally()
  const filled = new Set<HTMLInputElement>()
  let attempted = -Infinity
  let isHeld = false
  let early = 0

  const refused = (field: Element, at: number) => {
    const count = errors.count(field, at, SAME)
    if (count >= ERRORS) say('validation_error', describe(field), count)
  }
  /** The page's own validation has marked fields by then. */
  const look = (root: Element, at: number) => {
    later(() => {
      for (const field of [root, ...root.querySelectorAll(INVALID)])
        if (field.matches(INVALID)) refused(field, at)
    }, SAME)
  }

  /** By type of event; `target` is its innermost element. */
  const judges: Record<
    string,
    (target: HTMLInputElement, event: Event, path: readonly Element[]) => unknown
  > = {
    keydown: (_, event) => {
      isHeld = (event as KeyboardEvent).repeat
    },
    keyup: () => {
      isHeld = false
    },
    click: (_, { timeStamp }, path) => {
      const button = path.find(node => node.matches?.(BUTTON)) as HTMLButtonElement | undefined
      if (!button) return
      filled.clear()
      // It may change what is sent, as one more of these does.
      if (!/^(submit|image)$/.test(button.type)) return submits.forget(button.form)
      attempted = timeStamp
      if (button.form) look(button.form, timeStamp)
    },
    input: ({ form }) => submits.forget(form),
    change: (field, { timeStamp }) => look(field, timeStamp),
    invalid: (field, { timeStamp }) => {
      // Pages ask fields as they are typed into, which tells them the same: only what follows an attempt is an error.
      if (timeStamp - attempted < ATTEMPT) refused(field, timeStamp)
    },
    submit: (form, { timeStamp }) => {
      filled.clear()
      // Without a text it may be a button that is meant to be used again.
      const fields = [...form.querySelectorAll<HTMLInputElement>('input,textarea')]
      if (isHeld || !fields.some(({ type, value }) => WRITTEN.test(type) && value)) return
      // While this file was on its way a key may have been held down: they are all taken for one.
      if (timeStamp < now && early++) return
      const count = submits.count(form, timeStamp, 0, SUBMITS_WITHIN)
      if (count >= SUBMITS) say('repeated_submit', describe(form), count)
    },
  }

  return {
    judges,
    /** A field of the checkout was written into. */
    fill: (field: HTMLInputElement): void => {
      if (filled.size < KEPT) filled.add(field)
    },
    /** The visitor goes on. */
    next: (): void => {
      filled.clear()
      errors = createTally()
    },
    /** The visitor leaves, without having sent what they filled in. */
    leave: (): void => {
      const fields = [...filled].filter(({ isConnected, value }) => isConnected && value)
      const [field] = fields
      if (field && fields.length >= FILLED)
        say('form_abandoned', describe(field.form ?? field), fields.length)
      filled.clear()
    },
  }
}
