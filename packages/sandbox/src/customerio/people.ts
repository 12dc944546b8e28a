import type { Identifier } from './identifier.ts'

export interface PersonRecord {
  readonly cioId: string
  id: string | null
  email: string | null
  identifyCalls: number
  readonly attributes: Map<string, { value: unknown; at: number }>
}

// Real ones look like this.
const FIRST_CIO_ID = 0x03000001

/** The people of one workspace, found by id, by e-mail address or by Customer.io's own id. */
export class People {
  private readonly records: PersonRecord[] = []

  get all(): readonly PersonRecord[] {
    return this.records
  }

  find({ kind, value }: Identifier): PersonRecord | undefined {
    return this.records.find(person => person[kind] === value)
  }

  /** Null for Customer.io's own id when it belongs to nobody: that one cannot be given to a new person. */
  findOrCreate(identifier: Identifier): PersonRecord | null {
    const known = this.find(identifier)
    if (known) return known
    if (identifier.kind === 'cioId') return null
    const person: PersonRecord = {
      cioId: (FIRST_CIO_ID + this.records.length).toString(16).padStart(8, '0'),
      id: null,
      email: null,
      identifyCalls: 0,
      attributes: new Map(),
    }
    person[identifier.kind] = identifier.value
    this.records.push(person)
    return person
  }

  /** A new id with the address of somebody who has no id yet: that person gets the id. */
  adoptId(id: string, email: string): void {
    if (this.find({ kind: 'id', value: id })) return
    const person = this.find({ kind: 'email', value: email })
    if (person && person.id === null) person.id = id
  }

  /** False when somebody else has the address. */
  giveEmail(person: PersonRecord, email: string): boolean {
    const holder = this.find({ kind: 'email', value: email })
    if (holder && holder !== person) return false
    person.email = email
    return true
  }
}
