import { expect, it } from 'vitest'
import { ADA, eventName } from '../src/journey.ts'
import { tallyEvents } from '../src/tally.ts'

const held = (n: number, id: string | null) => ({ name: eventName(n), id })

it('says of each event whether it is lost, double, somebody else’s, or has not joined its person', () => {
  const events = [held(1, ADA.id), held(2, null), held(3, ADA.id), held(3, ADA.id), held(5, 'somebody')]
  expect(tallyEvents(5, events)).toEqual({ lost: [4], double: [3], wrongPerson: [5], notJoined: [2] })
})

it('takes what follows the logout for nobody’s', () => {
  const before = Array.from({ length: 39 }, (_, index) => held(index + 1, ADA.id))
  const inOrder = { lost: [], double: [], wrongPerson: [], notJoined: [] }
  expect(tallyEvents(40, [...before, held(40, null)])).toEqual(inOrder)
  expect(tallyEvents(40, [...before, held(40, ADA.id)])).toEqual({ ...inOrder, wrongPerson: [40] })
})
