/**
 * What each warning means and what to write instead. Only the development build holds the texts: bundlers choose it
 * by the `development` condition, and it is the same library otherwise.
 */
const TEXTS = {
  option:
    'not an option or not a value of it; the default is used. See BridgeConfig: createBridge({ flags, timeout: 10000 })',
  'flag-name':
    'not a flag name: snake_case letters and digits, none of uid, email, cio_id. Valid: cart_flow_variant',
  'flag-limit':
    'the first flag over the limit of 15; it and those after it are left out. FullStory keeps 500 user properties for all teams: mirror what campaigns decide on, or say createBridge({ flags, maxFlags: 20 })',
  'flag-type': "not a type. Valid: bool, int, real, str, strs, enum or date, as in { type: 'bool' }",
  'flag-sensitive':
    "a name for personal data, which is refused. Name what campaigns decide on (has_phone: { type: 'bool' } needs it, too), or say so: { type: 'str', sensitive: 'allow' }",
  'flag-values': "an enum needs its values. Valid: { type: 'enum', values: ['none', 'gold'] }",
  'flag-ttl': "not a duration. Valid: '30m', '4h', '7d' or milliseconds",
  'flag-off':
    "an off value of the flag's own type is needed with a ttl. Valid: { type: 'str', ttl: '4h', off: 'none' }",
  'flag-aliases':
    "aliases are a list of other spellings, each of one flag only, whatever its case; a flag whose name or alias another has is left out. Valid: { type: 'bool', aliases: ['VIP'] }",
  'flag-unknown': 'not in the plan; not sent. Declare it in defineFlags, or name it in the aliases of a flag',
  'flag-value':
    "not a value of this flag; the last good value stays. Valid are for bool: true, int: 3, real: 80.5, str: 'b', strs: ['b'], enum: one of its values, date: '2026-01-02'. E-mail addresses, card numbers, IBANs and long tokens need { sensitive: 'allow' }",
  id: "refused as the shared ID; nothing was sent. Valid: identify('cust_1042'), at most 150 characters",
  'event-name':
    "not an event name; nothing was sent. Valid: track('checkout_started'), 1 to 100 printable ASCII characters",
  field:
    'left out: names are letters, digits and _, values plain data of at most 8 kB. E-mail addresses, card numbers, IBANs and long tokens in events need createBridge({ allowSensitive: [its name] })',
  storage: 'refused by this browser; calls may be repeated on the next page',
  email: "not an e-mail address; nothing was sent. Valid: guest({ email: 'ada@example.com' })",
  destination:
    "Customer.io's own FullStory destination is on: everything reaches FullStory twice. Turn it off in the workspace",
  'other-uid': 'FullStory was given another id by somebody else; the next identify repairs it',
  vendor: 'its SDK failed on a call',
} as const

/** Kinds of warnings, by the part of the bridge they are about. */
export type WarningCode = keyof typeof TEXTS

/** What was got, and what to write instead. For the development build. */
export const explain = (code: WarningCode, got: unknown): string => {
  let shown: string = typeof got
  try {
    const text = got instanceof Error ? got.message : typeof got === 'string' ? got : JSON.stringify(got)
    shown = String(text ?? shown).slice(0, 99)
  } catch {
    // A cycle or a hostile object: its type has to do.
  }
  return `got ${shown}; ${TEXTS[code]}`
}
