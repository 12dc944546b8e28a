import { expect, test } from 'vitest'
import { type Change, changeOf, type Visitor } from '../../../src/identity/visitor.ts'

const ADA = 'ada@example.com'
const BOB = 'bob@example.com'
type Who = Pick<Visitor, 'id' | 'guest'>
const NOBODY: Who = { id: null, guest: null }
const A: Who = { id: 'A', guest: null }
const GUEST: Who = { id: null, guest: ADA }
/** A guest whose address, or its hash, is the shared ID. */
const NAMED: Who = { id: 'hash', guest: ADA }

test.each<[what: string, from: Who, to: Who, email: string | undefined, change: Change]>([
  ['nobody stays nobody', NOBODY, NOBODY, undefined, 'unchanged'],
  ['the same person', A, A, undefined, 'unchanged'],
  ['the same person, with another address', A, A, BOB, 'unchanged'],
  ['the same guest', GUEST, GUEST, ADA, 'unchanged'],
  ['the same guest with an id', NAMED, NAMED, ADA, 'unchanged'],
  ['an anonymous visitor logs in', NOBODY, A, undefined, 'stitched'],
  ['an anonymous visitor gives an address', NOBODY, GUEST, ADA, 'stitched'],
  ['a guest logs in with the same address', GUEST, A, ADA, 'stitched'],
  ['a guest gets an id', GUEST, NAMED, ADA, 'stitched'],
  ['a guest, and somebody with another address', GUEST, A, BOB, 'switched'],
  ['a guest, and somebody whose address is not known', GUEST, A, undefined, 'switched'],
  ['a guest, and somebody whose address is empty', GUEST, A, '', 'switched'],
  ['another guest', GUEST, { id: null, guest: BOB }, BOB, 'switched'],
  ['a guest with an id logs in', NAMED, A, ADA, 'switched'],
  ['a guest logs in to an account of the same id', NAMED, { id: 'hash', guest: null }, ADA, 'stitched'],
  ['a guest logs in to an account of another id', NAMED, { id: 'A', guest: null }, ADA, 'switched'],
  ['another person', A, { id: 'B', guest: null }, ADA, 'switched'],
  ['a guest after a person', A, GUEST, ADA, 'switched'],
  ['a person leaves', A, NOBODY, undefined, 'left'],
  ['a guest leaves', GUEST, NOBODY, undefined, 'left'],
  ['a guest with an id leaves', NAMED, NOBODY, undefined, 'left'],
])('%s', (_, from, to, email, change) =>
  expect(changeOf({ n: 1, ...from }, to.id, to.guest, email)).toBe(change),
)
