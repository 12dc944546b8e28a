import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { runSequence } from './run-sequence.ts'
import { type Edits, loadScripts, type Scripts } from './scripts.ts'
import { type Said, type Sequence, type Step, sequences } from './steps.ts'
import { call, identify, logout, page, sequence, track, wait } from './written-sequences.ts'

let intact: Scripts

beforeAll(async () => {
  intact = await loadScripts()
})

const login = (person: 'A' | 'B'): Said => identify(person, { trait: 1, flag: true })

/** Another text of the built script; throws when there is nothing to replace, and so nothing would be shown. */
const without = (part: RegExp, instead: string) => (text: string) => {
  if (!part.test(text)) throw new Error(`the build has no ${part}`)
  return text.replace(part, instead)
}
/** Puts something between the page and the methods of the bridge. */
const between = (code: string) => (text: string) =>
  `${text}
  const { createBridge } = RetentionBridge
  RetentionBridge = { createBridge: config => { const bridge = createBridge(config); ${code}; return bridge } }`

describe('a build that is broken on purpose is caught', () => {
  const cases: [what: string, guarantee: string, edit: Edits['bridge'], steps: Step[]][] = [
    [
      'does not listen to other tabs',
      'ONE-ID',
      without(/"pageshow","storage"/, '"pageshow"'),
      [page(0), page(1), call(0, login('A')), wait(), call(0, login('B'))],
    ],
    [
      'does not reset Customer.io, nor puts it right',
      'ONE-ID',
      without(/\.reset\(\)|\.id\(null\)/g, '.user()'),
      [page(0), call(0, login('A'), track), wait(), call(0, logout)],
    ],
    [
      'does not make FullStory anonymous',
      'ONE-ID',
      without(/anonymous:(!0|true)/, 'unknown:!0'),
      [page(0), call(0, login('A')), wait(), call(0, logout)],
    ],
    [
      'sends events later than they were said',
      'NO-LEAK',
      between(
        'const { track } = bridge; bridge.track = (...event) => void setTimeout(() => track(...event), 100)',
      ),
      [page(0), call(0, login('A')), wait(), call(0, track), call(0, login('B'))],
    ],
    [
      'identifies at Customer.io whatever it knows',
      'ONCE',
      between(
        'const { identify } = bridge; bridge.identify = (id, more) => { cioanalytics.identify(id); return identify(id, more) }'.replace(
          'cioanalytics',
          'window.cioanalytics',
        ),
      ),
      [page(0), call(0, login('A')), wait(), call(0, login('A')), wait()],
    ],
    [
      'sends what was said without consent',
      'NO-LEAK',
      between('bridge.setConsent = () => {}'),
      [page(0), call(0, login('A')), wait(), { do: 'consent', to: 'denied' }, call(0, track), wait()],
    ],
  ]
  test.each(cases)('%s: %s', async (_what, guarantee, edit, steps) => {
    const outcome = (scripts: Scripts) => runSequence(scripts, sequence(...steps)).then(() => 'kept', String)
    expect(await outcome(intact)).toBe('kept')
    expect(await outcome(await loadScripts({ bridge: edit }))).toContain(guarantee)
  })
})

test('the same sequence is the same to the last byte', async () => {
  const whole = async (given: Sequence) => {
    const { network } = await runSequence(intact, given)
    return JSON.stringify([network.customerio.view(), network.fullstory.view()])
  }
  const given = sequence(page(0), page(1), call(0, login('A'), track), wait(), page(0), call(0, login('B')))
  expect(await whole(given)).toBe(await whole(given))
})

test('sequences have up to 40 steps and everything happens in them', () => {
  const sample = fc.sample(sequences, { seed: 1, numRuns: 500 })
  expect(Math.max(...sample.map(({ steps }) => steps.length))).toBe(40)
  const steps = sample.flatMap(given => given.steps)
  const kinds = new Set(steps.map(step => (step.do === 'page' ? step.customerio : step.do)))
  expect([...kinds].sort()).toEqual(
    'absent back blocked call clear close consent early foreign hung impersonate late soon wait'.split(' '),
  )
})
