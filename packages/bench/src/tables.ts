import type { Correctness } from './correctness.ts'
import { JOURNEY } from './journey.ts'
import type { Report } from './report.ts'
import type { EventTally } from './tally.ts'
import { TIMED, type Times } from './times.ts'
import { total } from './vendor-calls.ts'

export const NAMES: Record<string, string> = {
  ours: '**retention-bridge**',
  'script tag': '**retention-bridge**, script tag',
  'script tag with all there is': '**retention-bridge**, script tag with all there is',
  analytics: '`analytics` and both plugins',
  segment: '`@segment/analytics-next` and its FullStory destination',
  destination: "Customer.io's own FullStory destination",
  'sentry alone': '`@sentry/fullstory`',
  sentry: '`@sentry/fullstory` with `@sentry/browser` and `@fullstory/browser`',
  glue: 'hand-written glue',
  snippets: "the vendors' own snippets, for ours and the glue",
}

const nameOf = (key: string) => NAMES[key] ?? key

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')

const ratio = (value: number, ours: number): string => {
  const times = value / ours
  return times >= 10 ? times.toFixed(0) : times.toFixed(times >= 0.095 ? 1 : 2)
}

/** A ratio to ours, and what it is of. */
const beside = (value: number, ours: number, unit: string, digits = 1): string =>
  ours > 0 ? `${ratio(value, ours)} (${value.toFixed(digits)} ${unit})` : `${value.toFixed(digits)} ${unit}`

export const bytesTable = ({ bytes }: Report): string => {
  const { ours } = bytes
  return table(
    ['', 'brotli', 'gzip'],
    Object.entries(bytes).map(([key, { brotli, gzip }]) => [
      nameOf(key),
      beside(brotli / 1000, (ours?.brotli ?? 0) / 1000, 'kB', 2),
      beside(gzip / 1000, (ours?.gzip ?? 0) / 1000, 'kB', 2),
    ]),
  )
}

const events =
  (count: (tally: EventTally) => number[]) =>
  ({ customerio, fullstory }: Correctness) =>
    `${count(customerio).length} / ${count(fullstory).length}`

export const brokenRuleCount = ({ rules }: Correctness): number =>
  Object.values(rules).reduce((all, count) => all + count, 0)

export const vendorCallCount = ({ calls }: Correctness): number => {
  const { customerio, fullstory } = total(calls)
  return customerio + fullstory
}

export const wrongPersonCount = ({ customerio, fullstory, flags }: Correctness): number =>
  customerio.wrongPerson.length + fullstory.wrongPerson.length + flags.wrongPerson

export const correctnessTable = ({ correctness }: Report): string => {
  const { ours } = correctness
  if (!ours) return ''
  const rows: [string, (one: Correctness) => string][] = [
    ['vendor calls', one => beside(vendorCallCount(one), vendorCallCount(ours), 'calls', 0)],
    [
      '– Customer.io: `identify` / `track` / `page`',
      ({ calls: { customerio: c } }) => `${c.identify} / ${c.track} / ${c.page}`,
    ],
    [
      '– FullStory: identity / user properties / events / page properties',
      ({ calls: { fullstory: f } }) =>
        `${f.identify} / ${f.userProperties} / ${f.event} / ${f.pageProperties}`,
    ],
    ['vendor rules broken', one => String(brokenRuleCount(one))],
    [
      '– which',
      ({ rules }) =>
        Object.entries(rules)
          .map(([rule, count]) => `\`${rule}\` ${count}`)
          .join(', ') || '–',
    ],
    ['events lost, Customer.io / FullStory', events(({ lost }) => lost)],
    ['events double', events(({ double }) => double)],
    ['events on the wrong person', events(({ wrongPerson }) => wrongPerson)],
    ['events of before the login that did not join the person', events(({ notJoined }) => notJoined)],
    ['flags right at the end of a page', ({ flags }) => String(flags.right)],
    ['flags stale or missing', ({ flags }) => String(flags.stale)],
    ['flags written to the wrong person', ({ flags }) => String(flags.wrongPerson)],
    [
      'who is there at the end, when nobody is',
      ({ idsAtTheEnd: ids }) => `${ids.customerio ?? 'nobody'} / ${ids.fullstory ?? 'nobody'}`,
    ],
  ]
  const peers = Object.entries(correctness)
  return table(
    ['', ...peers.map(([key]) => nameOf(key))],
    rows.map(([what, cell]) => [what, ...peers.map(([, one]) => cell(one))]),
  )
}

export const sessionLinkTable = ({ sessionLinks }: Report): string =>
  table(
    ['`@sentry/fullstory`, three errors', 'link to the right session', 'to another session', 'no link'],
    [
      ['as its guide says', sessionLinks.documented],
      ['with a global `_fs_namespace` and the older methods', sessionLinks.helped],
    ].map(([what, links]) => {
      const { right, stale, missing } = links as Report['sessionLinks']['helped']
      return [what as string, String(right), String(stale), String(missing)]
    }),
  )

export const timesTable = ({ times }: Report): string => {
  const row = (what: string, of: (one: Times) => number, unit = 'ms', digits = 0): string[] => [
    what,
    ...TIMED.map(peer => beside(of(times[peer]), of(times.ours), unit, digits)),
  ]
  return table(
    ['', ...TIMED.map(nameOf)],
    [
      row('import and start', one => one.start, 'ms', 1),
      row('`identify` and five flags', one => one.identify, 'ms', 1),
      row('1,000 flag writes in a row', one => one.thousandFlags),
      row('1,000 `track` in a row', one => one.thousandEvents),
      [
        '– of which arrived, Customer.io / FullStory',
        ...TIMED.map(peer => Object.values(times[peer].eventsArrived).join(' / ')),
      ],
      row('blocking time added to a load, 4× slower', one => one.blocking[4]),
      row('the same, 6× slower', one => one.blocking[6]),
      row('held after 100,000 calls, vendors missing', one => one.heldBytes / 1000, 'kB'),
    ],
  )
}

export const growthTable = ({ growth }: Report): string =>
  table(
    ['flag writes a second, tabs', ...TIMED.map(nameOf)],
    growth.ours.map(({ perSecond, tabs }, index) => [
      `${perSecond.toLocaleString('en')}, ${tabs}`,
      ...TIMED.map(peer => {
        const one = growth[peer][index]
        if (!one) return ''
        const limits = one.broken ? `, limits broken ${one.broken}×` : ''
        return `${one.callsPerMinute.toFixed(0)} calls, ${one.workPerMinute.toFixed(0)} ms${limits}`
      }),
    ]),
  )

export const machineLine = ({ date, machine }: Report): string =>
  `Run on ${date}: ${machine.browser}, ${machine.cores} cores (${machine.processor}), Node ${machine.node}. ${JOURNEY.length} pages in the session.`

const TABLES: [name: string, part: keyof Report, draw: (report: Report) => string][] = [
  ['machine', 'machine', machineLine],
  ['bytes', 'bytes', bytesTable],
  ['correctness', 'correctness', correctnessTable],
  ['session links', 'sessionLinks', sessionLinkTable],
  ['times', 'times', timesTable],
  ['growth', 'growth', growthTable],
]

/** Each table by the name of its markers in `docs/benchmarks.md`. */
export const tablesOf = (report: Report): [name: string, text: string][] =>
  TABLES.map(([name, part, draw]) => [name, part in report ? draw(report) : 'Not measured yet.'])
