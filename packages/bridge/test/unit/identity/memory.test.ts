import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemory, type Remembered, STORAGE_KEY } from '../../../src/identity/memory.ts'

beforeEach(() => localStorage.clear())
afterEach(() => {
  vi.restoreAllMocks()
  localStorage.clear()
})

const REMEMBERED: Remembered = {
  log: [
    { n: 0, id: null, guest: null },
    { n: 3, id: null, guest: 'ada@example.com', cut: false },
    { n: 7.5, id: 'A', guest: null, cut: false, anonymousId: 'device' },
  ],
  told: [7.5, 3],
  flags: { vip_tier: { value: 'gold', at: 1, sent: true } },
}
const put = (stored: unknown) => localStorage.setItem(STORAGE_KEY, JSON.stringify(stored))

test('another page reads what was stored', () => {
  expect(createMemory().news()).toBeUndefined()
  expect(createMemory().store(REMEMBERED)).toBe(true)
  expect(createMemory().news()).toEqual(REMEMBERED)
})

test('news are told once, and not to whoever stored them', () => {
  const [mine, other] = [createMemory(), createMemory()]
  mine.store(REMEMBERED)
  expect(mine.news()).toBeUndefined()
  expect(other.news()).toEqual(REMEMBERED)
  expect(other.news()).toBeUndefined()
  expect(other.news(true)).toEqual(REMEMBERED)
  other.store({ ...REMEMBERED, told: [7.5, 7.5] })
  expect(mine.news()?.told).toEqual([7.5, 7.5])
})

test('what is stored already is not written again', () => {
  const memory = createMemory()
  memory.store(REMEMBERED)
  localStorage.clear()
  expect(memory.store(structuredClone(REMEMBERED))).toBe(true)
  expect(localStorage.getItem(STORAGE_KEY)).toBeNull()
})

describe('what could not have been said to the bridge is not believed', () => {
  const stored = { v: 1, ...REMEMBERED }
  const log = (...visitors: object[]) => ({ ...stored, log: visitors })

  test('the same, undamaged', () => {
    put(stored)
    expect(createMemory().news()).toEqual(REMEMBERED)
  })

  test.each<[what: string, text: string]>([
    ['nothing', ''],
    ['damaged', JSON.stringify(stored).slice(0, -9)],
    ['of another kind', '"text"'],
    ['null', 'null'],
    ['a list', '[]'],
  ])('%s', (_, text) => {
    localStorage.setItem(STORAGE_KEY, text)
    expect(createMemory().news()).toBeUndefined()
  })

  test.each<[what: string, stored: object]>([
    ['without a version', REMEMBERED],
    ['of a later version', { ...stored, v: 2 }],
    ['a version that is a text', { ...stored, v: '1' }],
    ['nobody at all', log()],
    ['no list', { ...stored, log: { 0: REMEMBERED.log[0] } }],
    ['a visitor who is none', log(REMEMBERED.log[0] as object, null as never)],
    ['a visitor without a place', log({ id: 'A', guest: null })],
    ['a visitor before the first', log({ n: -1, id: 'A', guest: null })],
    ['a placeholder as id', log({ n: 1, id: 'undefined', guest: null })],
    ['an id that is not trimmed', log({ n: 1, id: ' A ', guest: null })],
    ['an id that is a number', log({ n: 1, id: 42, guest: null })],
    ['an id that is an object', log({ n: 1, id: { a: 1 }, guest: null })],
    ['an id of Customer.io', log({ n: 1, id: 'cio_abc', guest: null })],
    ['an id that is too long', log({ n: 1, id: 'x'.repeat(151), guest: null })],
    ['an address that is none', log({ n: 1, id: null, guest: 'ada' })],
    ['an address that is an object', log({ n: 1, id: null, guest: {} })],
    ['one of several', log({ n: 1, id: 'null', guest: null }, { n: 2, id: 'A', guest: null })],
    ['told of nobody', { ...stored, told: undefined }],
    ['told to one vendor', { ...stored, told: [1] }],
    ['told before the first', { ...stored, told: [1, -1] }],
    ['told of something else', { ...stored, told: ['x', 1] }],
  ])('%s', (_, given) => {
    put(given)
    expect(createMemory().news()).toBeUndefined()
  })
})

describe('a browser that refuses', () => {
  const refuse = () => {
    throw new Error('refused')
  }

  test.each([
    ['has storage and refuses', () => ({ setItem: refuse }) as unknown as Storage],
    ['denies it', refuse],
  ])('to store, and %s', (_, storage) => {
    vi.spyOn(window, 'localStorage', 'get').mockImplementation(storage)
    expect(createMemory().store(REMEMBERED)).toBe(false)
  })

  test('to read', () => {
    put({ v: 1, ...REMEMBERED })
    vi.spyOn(window, 'localStorage', 'get').mockImplementation(refuse)
    expect(createMemory().news()).toBeUndefined()
  })
})
