import { copyOf } from '../record.ts'
import type { Merges } from './merges.ts'
import type { PersonRecord } from './people.ts'
import type { CioAnonymous, CioCall, CioEvent } from './view.ts'

interface Activity {
  kind: 'event' | 'page'
  call: CioCall
  /** Whom the message named; null when it was sent anonymously. */
  person: PersonRecord | null
}

/** All events and pages of a workspace. Whose the anonymous ones are is decided when somebody asks. */
export class ActivityLog {
  private readonly entries: Activity[] = []

  constructor(private readonly merges: Merges) {}

  add(activity: Activity): void {
    this.entries.push(activity)
  }

  of(person: PersonRecord): { events: CioEvent[]; pages: CioEvent[] } {
    return inOrder(
      this.entries.filter(entry => this.ownerOf(entry) === person),
      entry => entry.person === null,
    )
  }

  ofNobody(): CioAnonymous[] {
    const byAnonymousId = new Map<string, Activity[]>()
    for (const entry of this.entries) {
      const { anonymousId } = entry.call
      if (anonymousId === null || this.ownerOf(entry)) continue
      byAnonymousId.set(anonymousId, [...(byAnonymousId.get(anonymousId) ?? []), entry])
    }
    return [...byAnonymousId].map(([anonymousId, entries]) => ({
      anonymousId,
      ...inOrder(entries, () => false),
    }))
  }

  private ownerOf({ person, call: { anonymousId, at } }: Activity): PersonRecord | null {
    return person ?? (anonymousId === null ? null : this.merges.ownerAt(anonymousId, at))
  }
}

/** By time, not by arrival: a message that failed is sent again after later ones. */
function inOrder(
  entries: Activity[],
  isMerged: (entry: Activity) => boolean,
): { events: CioEvent[]; pages: CioEvent[] } {
  const sorted = [...entries].sort((one, two) => one.call.at - two.call.at)
  const ofKind = (kind: Activity['kind']) =>
    sorted.filter(entry => entry.kind === kind).map(entry => eventView(entry.call, isMerged(entry)))
  return { events: ofKind('event'), pages: ofKind('page') }
}

function eventView({ name, data, at, anonymousId, userId }: CioCall, merged: boolean): CioEvent {
  return { name: name ?? '', properties: copyOf(data), at, anonymousId, userId, merged }
}
