import { monotonicNow } from '../globals.ts'
import { watchAnswers } from './answers.ts'
import { clickable, isFollowed } from './clickable.ts'
import { deadOf } from './dead-clicks.ts'
import type { FrictionKind } from './kinds.ts'
import { rageOf } from './rage-clicks.ts'
import type { Watch } from './watch.ts'

/** One click on something that looks clickable. */
export interface Click {
  /** The element that looks clickable. */
  readonly what: Element
  /** When it was done, which may be long before the page hears of it; milliseconds of the monotonic clock. */
  readonly at: number
  readonly x: number
  readonly y: number
  /** By mouse, pen or finger, not by a key. */
  readonly byPointer: boolean
  readonly event: Event
}

/** Clicks that are kept while the page has not answered them. */
const KEPT = 20
/** Milliseconds of a press after which it is no click but a long press, and pixels after which it is a drag. */
const LONG = 700
const DRAG = 10
/** Milliseconds by which a timer may be late before the page was too busy to be judged. */
const LATE = 1000
/** Milliseconds that listeners of a click may take: more, and a dialog of the browser was open. */
const DIALOG = 500

/** Clicks that the page does not answer are judged twice: as a burst of rage, and as dead. */
export const judgeClicks = (watch: Watch): void => {
  const { rules, report } = watch
  let waiting: Click[] = []
  let press: PointerEvent | undefined
  const answers = watchAnswers(watch, () => {
    waiting = []
  })
  const drop = (what: Element) => {
    waiting = waiting.filter(click => click.what !== what)
    if (!waiting[0]) answers.end()
  }
  const later = (act: () => void, time: number) => {
    const due = monotonicNow() + time
    setTimeout(
      watch.guard(() => {
        answers.look()
        if (monotonicNow() - due > (time ? LATE : DIALOG)) answers.end()
        act()
      }),
      time,
    )
  }

  watch.hear('pointerdown', event => {
    press = event as PointerEvent
  })
  watch.on<PointerEvent>('click', (event, path) => {
    const { isTrusted, button, detail, timeStamp: at, clientX: x, clientY: y } = event
    const what = clickable(path)
    const isPress =
      detail &&
      press &&
      (at - press.timeStamp > LONG || Math.hypot(x - press.clientX, y - press.clientY) > DRAG)
    if (!isTrusted || button || !what || isPress) return
    const click = { what, at, x, y, byPointer: detail > 0, event }
    const found = (kind: FrictionKind, count: number) => {
      if (!count) return
      drop(what)
      if (answers.sawAll()) report(kind, what, count)
    }
    // Older ones are judged, or there was no consent then.
    waiting = [...waiting.filter(other => at - other.at < rules.deadAfter).slice(1 - KEPT), click]
    answers.begin(event.composedPath())
    // What can be done after the page has heard of the click is.
    later(() => {
      if (isFollowed(what, event)) return drop(what)
      later(() => found('rage_click', rageOf(waiting, click, rules)), rules.rageWithin)
      later(() => found('dead_click', deadOf(waiting, click, rules)), rules.deadAfter)
    }, 0)
  })
}
