/**
 * Makes Customer.io's SDK go on with an anonymous id that was made elsewhere, whether it has loaded or not: it reads
 * this browser's `localStorage` first, each time that it needs the id (published source of
 * `@customerio/cdp-analytics-browser` 0.5). Its own method, called while it loads, is carried out only after the first
 * calls. Throws where storage is full.
 */
export const adoptAnonymousId = (storage: Storage, id: string): void =>
  storage.setItem('ajs_anonymous_id', JSON.stringify(id))
