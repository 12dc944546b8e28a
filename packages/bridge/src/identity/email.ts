/** Whether a text looks like an e-mail address. */
export const isEmail = (text: string): boolean => /^\S+@\S+\.\S+$/.test(text)

/** Trimmed and in lower case (nothing of what is longer than an address can be), as both the guest's address and its hash are made on the server, too. */
export const normalEmail = (email: unknown): string =>
  typeof email === 'string' && email.length < 255 ? email.trim().toLowerCase() : ''
