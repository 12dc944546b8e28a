/** Names of flags whose values are personal data, most likely. */
export const PERSONAL =
  /(^|_)(e?mail|(tele)?phone|mobile|address|street|zip|post(al_)?code|dob|birth\w*|card|iban|ssn|passw\w*|token|(first|last|full)_?name)s?(_|$)/

const EMAIL = /[\w+.-](@|%40)[\w-]+\.\w/
// 14 digits may be an id of Shopify's.
const CARD = /(^|[\s"'(,;=#])([2-6]\d([ -]?\d){13,17})(?![\w:%])/g
const IBAN = /\b[a-z]{2}\d\d( ?[a-z\d]{4}){2,7}( ?[a-z\d]{1,3})?\b/gi
// A UUID is an id; 32 letters and digits in a row are a key, a hash or a session.
const TOKEN = /(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{32}|\beyJ[\w-]+\.[\w-]+\./i

/** ISO/IEC 7812-1: each second digit from the right counts double, by the sum of its digits. */
const isCard = (text: string) =>
  [...text.replace(/\D/g, '')]
    .reverse()
    .reduce((sum, digit, place) => sum + +(place % 2 ? ('0246813579'[+digit] as string) : digit), 0) %
    10 ===
  0

/** ISO 7064, MOD 97-10: letters are numbers, country and check digits come last. */
const isIban = (text: string) => {
  const plain = text.replace(/ /g, '')
  return (
    [...plain.slice(4), ...plain.slice(0, 4)].reduce((rest, character) => {
      const value = Number.parseInt(character, 36)
      return (rest * (value > 9 ? 100 : 10) + value) % 97
    }, 0) === 1
  )
}

/** Whether there is an e-mail address, a payment card's number, an IBAN or a long token in a value, given as JSON. */
export const isSensitive = (json: string): boolean => {
  const text = json.slice(0, 3e3)
  return (
    EMAIL.test(text) ||
    TOKEN.test(text) ||
    (text.match(CARD) ?? []).some(isCard) ||
    (text.match(IBAN) ?? []).some(isIban)
  )
}
