import type { FsProperty, FsUser } from './view.ts'

interface UserRecord {
  id: string
  uid: string | null
  /** Precise time of the first identification: an event before it was recorded anonymously. */
  identifiedAt: number
  reserved: Map<string, FsProperty>
  properties: Map<string, FsProperty>
  mergedInto: UserRecord | null
}

/** FullStory's users, and who of them is one person. */
export class People {
  private readonly users = new Map<string, UserRecord>()
  private readonly byUid = new Map<string, UserRecord>()

  /** Gives the uid to a user; a second user with that uid is merged. False when the user has another uid. */
  identify(userId: string, uid: string, at: number): boolean {
    const user = this.ensure(userId)
    if (user.uid !== null) return user.uid === uid
    user.uid = uid
    user.identifiedAt = at
    const person = this.byUid.get(uid)
    if (person) this.merge(user, person)
    else this.byUid.set(uid, user)
    return true
  }

  ensure(userId: string): UserRecord {
    const known = this.users.get(userId)
    if (known) return known
    const user: UserRecord = {
      id: userId,
      uid: null,
      identifiedAt: Number.POSITIVE_INFINITY,
      reserved: new Map(),
      properties: new Map(),
      mergedInto: null,
    }
    this.users.set(userId, user)
    return user
  }

  setProperty(userId: string, name: string, property: FsProperty, reserved: boolean): void {
    const person = this.personOf(userId)
    setLatest(reserved ? person.reserved : person.properties, name, property)
  }

  personOf(userId: string): UserRecord {
    const user = this.ensure(userId)
    return user.mergedInto ?? user
  }

  uidAt(userId: string, at: number): string | null {
    const user = this.ensure(userId)
    return at >= user.identifiedAt ? user.uid : null
  }

  valueOf(userId: string, name: string): FsProperty | undefined {
    const person = this.personOf(userId)
    return person.properties.get(name) ?? person.reserved.get(name)
  }

  view(): FsUser[] {
    return [...this.users.values()].map(userView)
  }

  private merge(user: UserRecord, person: UserRecord): void {
    user.mergedInto = person
    for (const name of ['properties', 'reserved'] as const) {
      for (const [key, property] of user[name]) setLatest(person[name], key, property)
      user[name].clear()
    }
  }
}

/** By time, not by arrival: the last bundle of one page may come in after the first of the next. */
function setLatest(target: Map<string, FsProperty>, name: string, property: FsProperty): void {
  const current = target.get(name)
  if (!current || property.at >= current.at) target.set(name, property)
}

function userView(user: UserRecord): FsUser {
  const view: FsUser = {
    id: user.id,
    uid: user.mergedInto ? null : user.uid,
    properties: Object.fromEntries(
      [...user.properties].map(([name, property]) => [name, { ...property, at: Math.floor(property.at) }]),
    ),
  }
  for (const name of ['displayName', 'email'] as const) {
    const value = user.reserved.get(name)?.value
    if (typeof value === 'string') view[name] = value
  }
  if (user.mergedInto) view.mergedInto = user.mergedInto.id
  return view
}
