import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createReport, type Warning } from '../../src/report.ts'
import { throwingFor } from './hostile.ts'

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

const BUILDS = ['development', 'production'] as const
const lines = () => vi.mocked(console.warn).mock.calls.map(call => call.join(' '))
const open = (build: (typeof BUILDS)[number], debug?: unknown) => {
  vi.stubEnv('NODE_ENV', build)
  const heard: Warning[] = []
  return { heard, ...createReport(debug, warning => heard.push(warning)) }
}

describe.each(BUILDS)('the %s build', build => {
  test('counts a warning that comes again, and tells of it once', () => {
    const { warn, list, heard } = open(build)
    for (let time = 0; time < 3; time++) warn('flag-type', 'flags.vip', 'boolean')
    warn('flag-type', 'flags.aov', 'float')
    warn('flag-off', 'flags.vip', 'x')
    const seen = list().map(({ code, field, count }) => [code, field, count])
    expect(seen).toEqual([
      ['flag-type', 'flags.vip', 3],
      ['flag-type', 'flags.aov', 1],
      ['flag-off', 'flags.vip', 1],
    ])
    expect(heard.map(({ code, field }) => [code, field])).toEqual(seen.map(([code, field]) => [code, field]))
    expect(lines()).toHaveLength(build === 'development' ? 3 : 0)
  })

  test('shows what a developer wrote', () => {
    const { warn, list } = open(build)
    warn('flag-type', 'flags.vip', 'boolean')
    expect(list()[0]?.message).toContain('boolean')
  })

  test('names what may be personal by its type only', () => {
    const { warn, list } = open(build)
    warn('id', 'identify', 'ada@example.com', true)
    expect(list()[0]?.message).toContain('string')
    expect(JSON.stringify(list()) + lines()).not.toContain('ada')
  })

  test('stays bounded under endless new mistakes', () => {
    const { warn, list, heard } = open(build)
    for (let index = 0; index < 10_000; index++) warn('flag-unknown', `flag_${index}`)
    expect(list().length).toBeLessThanOrEqual(50)
    expect(heard).toHaveLength(list().length)
    expect(lines().length).toBeLessThanOrEqual(50)
  })

  test('stays bounded under endless text', () => {
    const { warn, list } = open(build)
    warn('flag-unknown', 'x'.repeat(1e6))
    warn('flag-type', 'flags.vip', 'x'.repeat(1e6))
    expect(JSON.stringify(list()).length).toBeLessThan(5000)
  })

  test('gives out copies', () => {
    const { warn, list } = open(build)
    warn('flag-type', 'flags.vip', 'boolean')
    const [first] = list()
    if (first) first.count = 99
    expect(list()[0]?.count).toBe(1)
  })

  test('never throws', () => {
    const { warn } = open(build, true)
    const offenders = [false, true].map(personal =>
      throwingFor(value => {
        warn('flag-type', `flags.vip${Math.random()}`, value, personal)
      }),
    )
    expect(offenders).toEqual([[], []])
  })
})

test('development says field, code, what was got and what to write, on one line each', () => {
  const { warn } = open('development')
  warn('flag-type', 'flags.vip', 'boolean')
  expect(lines()).toEqual([
    expect.stringMatching(
      /^\[retention-bridge\] flags\.vip: got boolean; .*Valid: bool, int.* \(flag-type\)$/,
    ),
  ])
})

test('development shows personal values in debug mode', () => {
  const { warn, list } = open('development', true)
  warn('id', 'identify', 'ada@example.com', true)
  expect(list()[0]?.message).toContain('ada@example.com')
})

test('production shows personal values in no mode', () => {
  const { warn, list } = open('production', true)
  warn('id', 'identify', 'ada@example.com', true)
  expect(JSON.stringify(list())).not.toContain('ada')
})
