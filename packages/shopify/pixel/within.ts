/** Milliseconds after which the page that was asked is not waited for. */
const LONGEST = 1000

/** What a promise resolves to; `undefined` when it fails, or is not there in a second: it must not hold up what follows. */
export const within = <T>(promise: Promise<T>): Promise<T | undefined> =>
  new Promise(resolve => {
    const timer = setTimeout(resolve, LONGEST, undefined)
    promise.then(
      value => {
        clearTimeout(timer)
        resolve(value)
      },
      () => resolve(undefined),
    )
  })
