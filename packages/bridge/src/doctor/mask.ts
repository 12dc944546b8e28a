const EMAIL = /([\w.%+-])[\w.%+-]*@([\w-])[\w-]*((?:\.[\w-]+)*\.\w+)/g

/** E-mail addresses in a text with the first letter of each part, and what tells the country: `a…@e….com`. */
export const maskEmails = (text: string): string => text.replace(EMAIL, '$1…@$2…$3')

/** An id by its ends, which tell two of them apart: `cu…42`; of a short one the first character. */
export const maskId = (id: string): string =>
  id.includes('@')
    ? maskEmails(id)
    : id.length < 6
      ? `${id.slice(0, 1)}…`
      : `${id.slice(0, 2)}…${id.slice(-2)}`
