import type { Arrival } from './page.ts'
import type { Person, Said, Sequence, Step } from './steps.ts'

/** A page on which both vendors are ready before the library is, unless `arrivals` says otherwise. */
export const page = (tab = 0, arrivals: { customerio?: Arrival; fullstory?: Arrival } = {}): Step => ({
  do: 'page',
  tab,
  customerio: 'early',
  fullstory: 'early',
  keep: false,
  ...arrivals,
})

/** Calls that a page makes in one task. */
export const call = (tab: number, ...said: Said[]): Step => ({ do: 'call', tab, said })

export const identify = (
  person: Person,
  more: { email?: boolean; trait?: 0 | 1 | 2; flag?: boolean } = {},
): Said => ({
  say: 'identify',
  person,
  email: false,
  trait: 0,
  flag: false,
  ...more,
})

export const guest = (person: Person, trait: 0 | 1 | 2 = 0): Said => ({ say: 'guest', person, trait })
export const track: Said = { say: 'track' }
export const flag: Said = { say: 'flag' }
export const logout: Said = { say: 'logout' }

export const wait = (ms: Extract<Step, { do: 'wait' }>['ms'] = 400): Step => ({ do: 'wait', ms })

/** A browser whose tabs share a process, with consent from the start. */
export const sequence = (...steps: Step[]): Sequence => ({
  guest: 'defer',
  oneProcess: true,
  storageDelay: 8,
  consent: 'granted',
  steps,
})

/** The same with a process for each tab. */
export const inProcesses = (...steps: Step[]): Sequence => ({ ...sequence(...steps), oneProcess: false })

/** The same with tabs that hear of each other at once. */
export const quickly = (...steps: Step[]): Sequence => ({ ...sequence(...steps), storageDelay: 1 })
