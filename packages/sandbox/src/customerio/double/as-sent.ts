// A date, and a time of it if there is one: `isodate` of the SDK, strict.
const ISO_DATE =
  /^(\d{4})-(\d\d)-(\d\d)(?:([ T])(\d\d):?(\d\d)(?::?(\d\d)(?:[,.](\d+))?)?(?:Z|([+-])(\d\d)(?::?(\d\d))?)?)?$/

/** A text that looks like a date as the SDK sends it: the moment in UTC. Any other text as it is. */
function dateOf(text: string): string {
  const [match, year, month, day, separator, hours, minutes, seconds, fraction = '', sign, east, rest] =
    text.match(ISO_DATE) ?? []
  if (match === undefined) return text
  const number = (part: string | undefined) => Number(part ?? 0)
  const zone = (number(east) * 60 + number(rest)) * (sign === '+' ? -1 : 1)
  // With a space it is local time, whatever it says of a zone; without a zone it is UTC.
  const offset = separator === ' ' ? new Date().getTimezoneOffset() : zone
  return new Date(
    Date.UTC(
      number(year),
      (number(month) || 1) - 1,
      number(day) || 1,
      number(hours),
      number(minutes) + offset,
      number(seconds),
      number(`${fraction}00`.slice(0, 3)),
    ),
  ).toISOString()
}

/**
 * What arrives of a message: JSON, in which every text that looks like a date is one (`@segment/facade`, which the SDK
 * passes every message through, wherever in it the text is).
 */
export function asSent<Message>(message: Message): Message {
  return JSON.parse(JSON.stringify(message), (_name, value) =>
    typeof value === 'string' ? dateOf(value) : value,
  )
}
