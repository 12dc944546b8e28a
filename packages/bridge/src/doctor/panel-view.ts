import type { Step, VendorName } from '../delivery/vendor.ts'
import type { Status } from '../status.ts'
import type { Diagnosis, Finding } from './finding.ts'
import { maskEmails, maskId } from './mask.ts'
import { NAMES, SEVERITIES, WORDS } from './panel-words.ts'

/** A call that a vendor was given, or will not be; nothing of what is in it but names. */
export interface Delivery {
  /** Epoch milliseconds. */
  at: number
  vendor: VendorName
  what: string
  result: string
}

/** One line of the panel, as it is read. */
export interface Line {
  /** How it looks; what it means is in the words, too. */
  mark?: string
  title: string
  value?: string
  details: readonly string[]
}

/** The panel's text, by its parts. */
export interface View {
  summary: string
  people: Line[]
  findings: Line[]
  flags: Line[]
  deliveries: Line[]
}

/** What was delivered, or not, without the values. */
export const deliveryOf = (step: Step & { vendor: VendorName; reason?: string }, at: number): Delivery => ({
  at,
  vendor: step.vendor,
  what: [step.kind, step.name ?? Object.keys(step.kind === 'update' ? step.properties : {}).join(', ')]
    .join(' ')
    .trim(),
  result: step.reason ? `dropped: ${step.reason}` : 'delivered',
})

const time = (at: number) => new Date(at).toTimeString().slice(0, 8)

/** How long something is, in the largest unit that fits. */
const span = (milliseconds: number): string => {
  const minutes = Math.round(milliseconds / 6e4)
  return minutes < 100
    ? `${minutes} min`
    : minutes < 2880
      ? `${Math.round(minutes / 60)} h`
      : `${Math.round(minutes / 1440)} days`
}

/** In one line, what there is of it. */
const inLine = (...parts: readonly (string | false | undefined)[]) => [parts.filter(Boolean).join(' · ')]

/** Letters of a value that are shown. */
const LONGEST = 200

const KINDS = ['error', 'warning', 'info'] as const

const summaryOf = (findings: readonly Finding[]): string =>
  KINDS.flatMap(kind => {
    const { length } = findings.filter(({ severity }) => severity === kind)
    return length ? `${length} ${SEVERITIES[kind].toLowerCase()}${length > 1 ? 's' : ''}` : []
  }).join(', ') || 'All is well.'

/**
 * What the panel says.
 *
 * @param diagnosis nothing while it is not there yet
 * @param isShown whether ids and e-mail addresses are shown as they are
 */
export const viewOf = (
  { identity, vendors, flags }: Status,
  diagnosis: Diagnosis | undefined,
  deliveries: readonly Delivery[],
  now: number,
  isShown: boolean,
): View => {
  const text = (said: unknown) => {
    const short = String(said).slice(0, LONGEST)
    return isShown ? short : maskEmails(short)
  }
  const person = (id: string | null | undefined) =>
    id ? (isShown ? id : maskId(id)) : id === null ? 'anonymous' : 'not known'
  const { findings = [], answers } = diagnosis ?? {}
  const { uid, identified } = answers?.fullstory ?? {}

  const line = (name: VendorName, value: string): Line => {
    const { state, consent, delivered, dropped, held } = vendors[name]
    return {
      mark: state === 'ready' ? 'good' : /off|waiting/.test(state) ? 'info' : 'error',
      title: NAMES[name] as string,
      value,
      details: inLine(
        state,
        consent !== 'granted' && `consent ${consent}`,
        `${delivered} delivered`,
        dropped > 0 && `${dropped} dropped`,
        held > 0 && `${held} waiting`,
      ),
    }
  }

  return {
    summary: diagnosis ? summaryOf(findings) : 'Looking …',
    people: [
      {
        title: 'Retention Bridge',
        value: person(identity.id),
        details: inLine(identity.id !== null && identity.state),
      },
      line('customerio', person(answers?.customerio)),
      { title: NAMES.gist as string, value: person(answers?.gist), details: [] },
      // On builds that do not say whom they have.
      line('fullstory', uid === undefined && identified ? 'somebody' : person(uid)),
    ],
    findings: findings.map(({ code, severity, about = '', expected, got, todo }) => {
      const say = code === 'ids-differ' ? person : text
      const [title, meaning] = WORDS[code]
      const name = (words: string) => words.replace('%', () => NAMES[about] ?? text(about))
      return {
        mark: severity,
        title: `${SEVERITIES[severity]}: ${name(title)}.`,
        details: [name(meaning), `Is: ${say(got)}. Should be: ${say(expected)}.`, `What to do: ${todo}`],
      }
    }),
    flags: Object.entries(flags).map(([name, { value, at, source, expires, sent }]) => ({
      title: name,
      value: text(value),
      details: inLine(
        `${now - at < 6e4 ? 'just now' : `${span(now - at)} ago`}, by ${source}`,
        expires !== undefined && (expires > now ? `runs out in ${span(expires - now)}` : 'ran out'),
        !sent && 'not sent yet',
      ),
    })),
    deliveries: deliveries.map(({ at, vendor, what, result }) => ({
      title: time(at),
      value: text(what),
      details: inLine(NAMES[vendor], result),
    })),
  }
}

/** All of it as text, to be pasted into a message. */
export const reportOf = (
  { summary, ...parts }: View,
  session: string | null | undefined,
  at: Date,
): string => {
  const read = ({ title, value, details }: Line) => [`-`, title, value, ...details].filter(Boolean).join(' ')
  return [
    `Retention Bridge, ${at.toISOString()}: ${summary}`,
    ...Object.entries(parts).flatMap(([name, lines]) =>
      lines[0] ? ['', `${name}:`, ...lines.map(read)] : [],
    ),
    ...(session ? ['', `replay: ${session}`] : []),
  ].join('\n')
}
