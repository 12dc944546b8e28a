import { difference, type Row } from './compare.ts'
import { customerIoId, noPage, type TestPage } from './page.ts'

/** Why somebody may answer otherwise, where the doubles can tell. */
const hints = (page: TestPage): (string | undefined)[] => {
  const { bridge, fullstory, customerio } = page
  const warnings = bridge?.status().warnings ?? []
  return [
    noPage(page),
    fullstory && fullstory.state !== 'running' ? `FullStory is ${fullstory.state}.` : undefined,
    customerio && customerio.state !== 'running' ? `Customer.io is ${customerio.state}.` : undefined,
    fullstory?.busy || customerio?.busy ? 'Something is on its way: await settled(…) first.' : undefined,
    ...warnings.map(({ code, field, message }) => `The bridge warns: ${field}: ${message} (${code})`),
  ]
}

const rowsOf = (page: TestPage, id: string | null): Row[] => {
  const { bridge, fullstory, customerio } = page
  const rows: Row[] = []
  if (bridge) rows.push({ what: 'bridge', expected: id, got: bridge.status().identity.id })
  if (fullstory) {
    rows.push({ what: 'FullStory, this page', expected: id, got: fullstory.uid })
    if (fullstory.person)
      rows.push({ what: 'FullStory, this session', expected: id, got: fullstory.person.uid })
  }
  if (customerio) rows.push({ what: 'Customer.io, this page', expected: id, got: customerIoId(page) })
  return rows
}

/** What keeps the visitor from being this person to everybody; `undefined` when nothing does. */
export const otherIdentity = (page: TestPage, id: string): string | undefined => {
  const { customerio } = page
  const rows = rowsOf(page, id)
  if (customerio) {
    const person = customerio.find(id)
    // An id that looks like an address, or like Customer.io's own, is one to it: then that is what has to fit.
    const got = person && [person.id, person.email, `cio_${person.cioId}`].find(known => known === id)
    rows.push({ what: 'Customer.io, its people', expected: id, got: got ?? 'nobody' })
  }
  return difference(`The visitor is not "${id}" to everybody`, rows, hints(page))
}

/** What keeps the visitor from being anonymous to everybody; `undefined` when nothing does. */
export const known = (page: TestPage): string | undefined => {
  const { bridge } = page
  const rows = rowsOf(page, null)
  if (bridge) {
    const { state } = bridge.status().identity
    rows.push({ what: 'bridge, state', expected: 'anonymous', got: state })
  }
  return difference('The visitor is not anonymous to everybody', rows, [
    ...hints(page),
    'Left by an earlier test? Destroy its bridge and clear localStorage.',
  ])
}
