import type { PersonRecord } from './people.ts'

const MERGE_WINDOW_MS = 30 * 24 * 3600_000

interface Merge {
  person: PersonRecord
  at: number
}

/** Which person an anonymous id was identified as, and when. */
export class Merges {
  private readonly byAnonymousId = new Map<string, Merge[]>()

  /** Gives back whom the id belonged to before, if that was somebody else. */
  record(anonymousId: string, person: PersonRecord, at: number): PersonRecord | null {
    const merges = this.byAnonymousId.get(anonymousId) ?? []
    this.byAnonymousId.set(anonymousId, merges)
    const other = merges.find(merge => merge.person !== person)
    merges.push({ person, at })
    merges.sort((one, two) => one.at - two.at)
    return other?.person ?? null
  }

  /** Whose anonymous activity of that moment is: it goes on to the last one identified, or back 30 days. */
  ownerAt(anonymousId: string, at: number): PersonRecord | null {
    const merges = this.byAnonymousId.get(anonymousId) ?? []
    const before = merges.filter(merge => merge.at <= at).at(-1)
    if (before) return before.person
    const after = merges[0]
    return after && after.at - at <= MERGE_WINDOW_MS ? after.person : null
  }

  anonymousIdsOf(person: PersonRecord): string[] {
    return [...this.byAnonymousId]
      .filter(([, merges]) => merges.some(merge => merge.person === person))
      .map(([anonymousId]) => anonymousId)
  }
}
