import { expect, test, vi } from 'vitest'
import { gpcConsent } from '../../../src/consent/index.ts'
import { comeBack, define, fail, openSource } from './open-source.ts'

const signal = (descriptor: PropertyDescriptor) => define(navigator, 'globalPrivacyControl', descriptor)

test.each([
  [true, 'denied'],
  [false, 'granted'],
  [undefined, 'granted'],
  ['1', 'granted'],
])('%j is %s', (value, answer) => {
  signal({ value })
  expect(openSource(gpcConsent()).said).toEqual([answer])
})

test('turned on while the page was away, it counts when the page comes back', () => {
  signal({ value: false })
  const { said, stop } = openSource(gpcConsent())
  signal({ value: true })
  comeBack('pageshow')
  expect(said).toEqual(['granted', 'denied'])
  stop()
  signal({ value: false })
  comeBack()
  expect(said).toEqual(['granted', 'denied'])
})

test('a browser that refuses to say has not answered (HARMLESS)', () => {
  signal({ get: fail })
  expect(openSource(gpcConsent()).said).toEqual([])
})

test('where there is no page it has not answered', () => {
  vi.stubGlobal('window', undefined)
  const { said } = openSource(gpcConsent())
  vi.unstubAllGlobals()
  expect(said).toEqual([])
})
