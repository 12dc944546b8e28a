/** The moment at the end of a link of `format: 'url.now'`, epoch milliseconds. */
const MOMENT = /(:|%3A)\d{13}$/i

/** A link to the whole session, of one to a moment in it: the same for all moments. */
export const sessionLink = (url: string): string => url.replace(MOMENT, '')
