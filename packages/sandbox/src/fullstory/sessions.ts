import type { People } from './people.ts'
import { copyOf } from './record.ts'
import type { FsEvent, PageView, SessionView } from './view.ts'
import type { MessageContext, MessageHeader } from './wire.ts'

interface SessionRecord {
  id: string
  url: string
  userId: string
  startedAt: number
  end: { at: number; reason: number } | null
  pages: Map<string, PageView>
  events: Omit<FsEvent, 'uid'>[]
  identifyCalls: number
}

export class Sessions {
  private readonly sessions = new Map<string, SessionRecord>()

  openPage(message: MessageHeader, pageUrl: string, sessionUrlPrefix: string): void {
    const session = this.ensure(message, sessionUrlPrefix)
    this.ensurePage(session, message).url = pageUrl
    // A session goes on with its next page; only an end after the last page start is the end.
    if (session.end && session.end.at < message.at) session.end = null
  }

  ensure(message: MessageHeader, sessionUrlPrefix: string): SessionRecord {
    const id = sessionId(message)
    const known = this.sessions.get(id)
    if (known) {
      known.startedAt = Math.min(known.startedAt, message.at)
      return known
    }
    const session: SessionRecord = {
      id,
      url: sessionUrlPrefix + encodeURIComponent(id),
      userId: message.user,
      startedAt: message.at,
      end: null,
      pages: new Map(),
      events: [],
      identifyCalls: 0,
    }
    this.sessions.set(id, session)
    return session
  }

  ensurePage(session: SessionRecord, message: MessageHeader): PageView {
    const known = session.pages.get(message.page)
    if (known) return known
    const page: PageView = { id: message.page, url: '', startedAt: Math.floor(message.at), properties: {} }
    session.pages.set(message.page, page)
    return page
  }

  end(session: SessionRecord, at: number, reason: number): void {
    const lastStart = Math.max(...[...session.pages.values()].map(page => page.startedAt), 0)
    if (at >= lastStart) session.end = { at, reason }
  }

  view(people: People): SessionView[] {
    return [...this.sessions.values()]
      .sort((a, b) => a.startedAt - b.startedAt)
      .map(session => sessionView(session, people))
  }
}

function sessionId({ user, session }: MessageContext): string {
  return `${user}:${session}`
}

function sessionView(session: SessionRecord, people: People): SessionView {
  const person = people.personOf(session.userId)
  return {
    id: session.id,
    url: session.url,
    userId: person.id,
    uid: person.uid,
    startedAt: Math.floor(session.startedAt),
    endedAt: session.end ? Math.floor(session.end.at) : null,
    endReason: session.end?.reason ?? null,
    pages: copyOf([...session.pages.values()]).sort((a, b) => a.startedAt - b.startedAt),
    events: copyOf(session.events)
      .sort((a, b) => a.at - b.at)
      .map(event => ({
        ...event,
        uid: people.uidAt(session.userId, event.at),
        at: Math.floor(event.at),
      })),
    identifyCalls: session.identifyCalls,
  }
}
