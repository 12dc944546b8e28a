import { isEmail } from './email.ts'

// What FullStory refuses as a uid, whatever its case (published source of `@fullstory/browser`).
const PLACEHOLDER = /^(|0|-?1|true|false|n\/a|nan|undefined|null|nil)$/i

/**
 * The shared ID as both vendors will hold it: trimmed text; `undefined` for what either of them would refuse or read
 * as something else. That is dangerous to try: FullStory writes what comes with a refused uid to whoever was there
 * before, and Customer.io (150 characters; FullStory takes 256) makes an e-mail address or a `cio_` id another person.
 */
export const readUid = (given: unknown, mayBeEmail: boolean): string | undefined => {
  const id = typeof given === 'string' || Number.isSafeInteger(given) ? String(given).trim() : ''
  return id.length > 150 || PLACEHOLDER.test(id) || /^cio_/.test(id) || (!mayBeEmail && isEmail(id))
    ? undefined
    : id
}
