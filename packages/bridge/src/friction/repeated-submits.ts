import { digest } from './digest.ts'
import type { Watch } from './watch.ts'

const WRITTEN = /^(text|email|tel|url|password|textarea)$/

/** A form that was written into is sent several times with the same content. */
export const judgeSubmits = ({ hear, on, rules, report }: Watch): void => {
  const forms = new WeakMap<Element, { content: number; at: number[] }>()
  /** A key is held down: the browser sends the form for each repetition. */
  let isHeld = false
  hear('keydown pointerdown', event => {
    isHeld = (event as KeyboardEvent).repeat
  })
  on('submit', ({ timeStamp: now }, [form]) => {
    const fields = [...(form as Element).querySelectorAll<HTMLInputElement>('input,select,textarea')]
    // Without a text it may be a button that is meant to be used again: one more of these, please.
    if (isHeld || !fields.some(({ type, value }) => WRITTEN.test(type) && value)) return
    const content = digest(fields)
    const seen = forms.get(form as Element)
    const before = seen?.content === content ? seen.at : []
    const at = [...before.filter(time => now - time < rules.submitsWithin), now].slice(-99)
    forms.set(form as Element, { content, at })
    if (at.length >= rules.submits) report('repeated_submit', form, at.length)
  })
}
