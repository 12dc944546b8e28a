import { judgeForms } from './abandoned-forms.ts'
import { judgeClicks } from './clicks.ts'
import { judgeRequests } from './failed-requests.ts'
import { judgePayments } from './payment-failures.ts'
import { judgeSubmits } from './repeated-submits.ts'
import { judgeScripts } from './script-errors.ts'
import { judgeSteps } from './step-loops.ts'
import { judgeValidation } from './validation-errors.ts'
import { createWatch, type WatchOptions } from './watch.ts'

/** Lets all judges listen, until the signal. This file and what it imports are loaded once there is consent. */
export const judge = (options: WatchOptions): void => {
  if (options.signal.aborted) return
  const watch = createWatch(options)
  judgeClicks(watch)
  judgeSubmits(watch)
  judgeValidation(watch)
  judgeSteps(watch)
  judgePayments(watch)
  judgeScripts(watch)
  judgeForms(watch)
  // The last: its observer is not in every browser.
  judgeRequests(watch)
}
