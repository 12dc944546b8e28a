const EMAIL = /([\w.%+-])[\w.%+-]*@([\w-])[\w-]*((?:\.[\w-]+)*\.\w+)/g

/** E-mail addresses in a text, with the first letter of both sides and the end: `a…@e….com`. */
export const maskEmails = (text: string): string => text.replace(EMAIL, '$1…@$2…$3')

/** An id by its ends, which tell two of them apart: `cu…42`; of a short one a third at most. */
export const maskId = (id: string): string => {
  const masked = maskEmails(id)
  if (masked !== id) return masked
  return id.length < 8 ? `${id.slice(0, id.length / 3)}…` : `${id.slice(0, 2)}…${id.slice(-2)}`
}
