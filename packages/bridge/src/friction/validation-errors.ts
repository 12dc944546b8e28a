import type { Watch } from './watch.ts'

/** Milliseconds after an attempt in which its errors come, and in which errors of one field are the same one. */
const SAME = 1000
const INVALID = '[aria-invalid=true]'

/** The same field is refused again and again, by the browser or by the page's own validation. */
export const judgeValidation = ({ on, onRoute, guard, rules, report }: Watch): void => {
  let fields = new WeakMap<Element, { at: number; count: number }>()
  let attempted = -Infinity

  const refused = (field: Element, at: number) => {
    const seen = fields.get(field) ?? { at: -Infinity, count: 0 }
    if (at - seen.at < SAME) return
    fields.set(field, { at, count: seen.count + 1 })
    if (seen.count + 1 >= rules.errors) report('validation_error', field, seen.count + 1)
  }
  /** The page's own validation has marked fields by then. */
  const look = (read: () => Iterable<Element>, at: number) =>
    setTimeout(
      guard(() => {
        for (const field of read()) if (field.matches(INVALID)) refused(field, at)
      }),
      SAME / 2,
    )

  on<KeyboardEvent>('click keydown', ({ type, key, timeStamp: at }, path) => {
    const [target] = path
    const isAttempt =
      type === 'click'
        ? path.some(element => /^(submit|image)$/.test((element as HTMLButtonElement).type))
        : key === 'Enter' && target?.matches('input')
    const form = isAttempt && path.find(element => element.matches('form'))
    if (!form) return
    attempted = at
    look(() => form.querySelectorAll(INVALID), at)
  })
  on('change', ({ timeStamp: at }, [field]) => {
    look(() => [field as Element], at)
  })
  // Pages ask fields as they are typed into, which tells them the same: only what follows an attempt is an error.
  on('invalid', ({ timeStamp: at }, [field]) => {
    if (at - attempted < SAME) refused(field as Element, at)
  })
  onRoute(() => {
    fields = new WeakMap()
  })
}
