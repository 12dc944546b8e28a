import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allConsents } from '../../../src/consent/index.ts'
import type { Consent, ConsentSource } from '../../../src/index.ts'
import { HOSTILE } from '../hostile.ts'
import { fail, openSource } from './open-source.ts'

/** A source that a test answers for. */
const asked = () => {
  let set: (consent: Consent) => void = fail
  const source: ConsentSource = given => {
    set = given
  }
  return { source, say: (consent: Consent) => set(consent) }
}

test('granted when all say so, denied as soon as one does', () => {
  const [one, two] = [asked(), asked()]
  const { said } = openSource(allConsents(one.source, two.source))
  one.say('granted')
  expect(said).toEqual([])
  two.say('granted')
  expect(said).toEqual(['granted'])
  one.say('denied')
  one.say('granted')
  expect(said).toEqual(['granted', 'denied', 'granted'])
})

test('sources that answer at once are one that does', () => {
  const yes: ConsentSource = set => set('granted')
  expect(openSource(allConsents(yes, yes)).said).toEqual(['granted'])
  expect(openSource(allConsents(yes, set => set('denied'))).said).toEqual(['denied'])
})

test('after any answers it is what the last ones say together', () => {
  const consent = fc.constantFrom<Consent>('granted', 'denied', 'pending')
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2), consent), { maxLength: 20 }), answers => {
      const sources = [asked(), asked(), asked()]
      const { said } = openSource(allConsents(...sources.map(({ source }) => source)))
      const last: Consent[] = ['pending', 'pending', 'pending']
      for (const [index, answer] of answers) {
        sources[index]?.say(answer)
        last[index] = answer
        const expected = last.includes('denied') ? 'denied' : last.includes('pending') ? 'pending' : 'granted'
        expect(said.at(-1) ?? 'pending').toBe(expected)
      }
      // A yes is never followed by silence without a no between them.
      expect(said.join()).not.toContain('granted,pending')
    }),
  )
})

test('a source that throws, and an answer that is none, are not a yes (HARMLESS)', () => {
  const yes: ConsentSource = set => set('granted')
  expect(openSource(allConsents(yes, fail)).said).toEqual([])
  for (const [what, value] of HOSTILE) {
    expect([what, openSource(allConsents(yes, set => set(value as Consent))).said]).toEqual([what, []])
    expect([what, openSource(allConsents(yes, value as ConsentSource)).said]).toEqual([what, []])
  }
})

test('no source at all is no yes', () => {
  expect(openSource(allConsents()).said).toEqual([])
})

test('all of them stop with the signal', () => {
  const one = asked()
  const { said, stop } = openSource(allConsents(one.source))
  stop()
  one.say('granted')
  expect(said).toEqual([])
})
