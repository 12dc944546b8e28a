import { beforeEach, expect, test, vi } from 'vitest'
import { type CookieMatch, cookieConsent } from '../../../src/consent/index.ts'
import { HOSTILE } from '../hostile.ts'
import { comeBack, define, fail, openSource } from './open-source.ts'

let cookies = ''
beforeEach(() => {
  cookies = ''
  define(document, 'cookie', { get: () => cookies })
  define(window, 'cookieStore', { value: undefined })
})

const answer = (text: string, granted: CookieMatch, denied?: CookieMatch) => {
  cookies = text
  const { said, stop } = openSource(cookieConsent({ name: 'consent', granted, denied }))
  stop()
  return said.at(-1) ?? 'pending'
}

test.each<[cookies: string, granted: CookieMatch, denied: CookieMatch | undefined, answer: string]>([
  ['', 'yes', undefined, 'pending'],
  ['other=yes', 'yes', undefined, 'pending'],
  ['xconsent=yes; consentx=yes', 'yes', undefined, 'pending'],
  ['a=1; consent=yes; b=2', 'yes', undefined, 'granted'],
  ['consent=no', 'yes', undefined, 'denied'],
  ['consent=', 'yes', undefined, 'denied'],
  ['consent=yes%2Cmarketing', 'yes,marketing', undefined, 'granted'],
  ['consent=a=b', 'a=b', undefined, 'granted'],
  ['consent=%E4', 'yes', undefined, 'pending'],
  ['consent=stats:true', /stats:true/, undefined, 'granted'],
  ['consent=stats:false', /stats:true/, undefined, 'denied'],
  ['consent={%22ads%22:1}', value => JSON.parse(value).ads === 1, undefined, 'granted'],
  ['consent=no JSON', value => JSON.parse(value).ads === 1, undefined, 'pending'],
  ['consent=no', 'yes', 'no', 'denied'],
  ['consent=yes', 'yes', 'no', 'granted'],
  ['consent=later', 'yes', 'no', 'pending'],
  ['consent=both', /./, /both/, 'denied'],
  ['consent=no', 'yes', '', 'pending'],
])('%j, granted by %s and denied by %s, is %s', (text, granted, denied, expected) => {
  expect(answer(text, granted, denied)).toBe(expected)
})

test('an expression with the flag g finds the same value each time', () => {
  const granted = /yes/g
  for (const _ of [1, 2, 3]) expect(answer('consent=yes', granted)).toBe('granted')
})

test('an asynchronous function is no yes', () => {
  expect(answer('consent=yes', (async () => true) as unknown as CookieMatch)).toBe('denied')
})

test('no option grants by mistake, and none makes it throw (HARMLESS)', () => {
  for (const [what, value] of HOSTILE) {
    if (what === 'an empty text') continue
    expect([what, answer('consent=yes', value as CookieMatch)]).not.toContain('granted')
    expect(openSource(cookieConsent(value as { name: string; granted: string })).said).toEqual([])
  }
})

test('cookies that cannot be read are no answer', () => {
  define(document, 'cookie', { get: fail })
  expect(openSource(cookieConsent({ name: 'consent', granted: 'yes' })).said).toEqual([])
})

test.each(['visibilitychange', 'pageshow'] as const)('looks again on %s, until it is stopped', type => {
  const { said, stop } = openSource(cookieConsent({ name: 'consent', granted: 'yes' }))
  expect(said).toEqual([])
  cookies = 'consent=yes'
  comeBack(type)
  comeBack(type)
  expect(said).toEqual(['granted'])
  stop()
  cookies = 'consent=no'
  comeBack(type)
  expect(said).toEqual(['granted'])
})

test('a cookie that is gone after a yes takes the yes back', () => {
  cookies = 'consent=yes'
  const { said } = openSource(cookieConsent({ name: 'consent', granted: 'yes' }))
  cookies = ''
  comeBack()
  expect(said).toEqual(['granted', 'denied', 'pending'])
})

test('without the CookieStore API it looks every second while the page is visible', () => {
  vi.useFakeTimers()
  const { said, stop } = openSource(cookieConsent({ name: 'consent', granted: 'yes' }))
  cookies = 'consent=yes'
  vi.advanceTimersByTime(1000)
  expect(said).toEqual(['granted'])
  define(document, 'hidden', { value: true })
  cookies = 'consent=no'
  vi.advanceTimersByTime(5000)
  expect(said).toEqual(['granted'])
  define(document, 'hidden', { value: false })
  vi.advanceTimersByTime(1000)
  expect(said).toEqual(['granted', 'denied'])
  stop()
  cookies = 'consent=yes'
  vi.advanceTimersByTime(5000)
  expect(said).toEqual(['granted', 'denied'])
  expect(vi.getTimerCount()).toBe(0)
})

test('with it, it is told, and sets no timer', () => {
  vi.useFakeTimers()
  const cookieStore = new EventTarget()
  define(window, 'cookieStore', { value: cookieStore })
  const { said, stop } = openSource(cookieConsent({ name: 'consent', granted: 'yes' }))
  expect(vi.getTimerCount()).toBe(0)
  cookies = 'consent=yes'
  cookieStore.dispatchEvent(new Event('change'))
  expect(said).toEqual(['granted'])
  stop()
  cookies = 'consent=no'
  cookieStore.dispatchEvent(new Event('change'))
  expect(said).toEqual(['granted'])
})

test('a CookieStore API that throws is none', () => {
  vi.useFakeTimers()
  define(window, 'cookieStore', { get: fail })
  openSource(cookieConsent({ name: 'consent', granted: 'yes' }))
  expect(vi.getTimerCount()).toBe(1)
})
