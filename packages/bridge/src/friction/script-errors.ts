import { describeAddress } from './names.ts'
import type { Watch } from './watch.ts'

/** The first line of a stack that names an address of the web, which those of browser extensions do not. */
const LINE = /^ *(?:at |[^@\n]*@).*?(https?:[^\s?#)]+)/m

const FILE = /\.m?js([?#]|$)/

/** A script of the page fails and nobody catches it, while somebody is in the checkout. */
export const judgeScripts = ({ on, isCheckout, report }: Watch): void => {
  let count = 0
  on<ErrorEvent & PromiseRejectionEvent>('error unhandledrejection', ({ error, filename, reason }) => {
    // Without an error it is a notice of the browser, or a script of which the page may know nothing.
    const thrown = error ?? reason
    const address = filename || LINE.exec(thrown?.stack)?.[1]?.replace(/(:\d+)+$/, '')
    if (!thrown || !address || !/^http/.test(address) || thrown.name === 'AbortError' || !isCheckout()) return
    // Anything else is the page itself, whose path may name somebody.
    report('script_error', FILE.test(address) ? describeAddress(address) : 'inline', ++count)
  })
}
