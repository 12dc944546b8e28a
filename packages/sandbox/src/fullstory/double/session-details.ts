import { isRecord } from '../record.ts'
import type { Visitor } from './visitor.ts'

/** What `getSession` answers in each of its formats; an unknown format is answered like none. */
export function sessionDetails(
  visitor: Visitor,
  orgId: string,
  urlPrefix: string,
  options: unknown,
): string | Record<string, string> {
  const { user, session, page } = visitor
  const id = `${user}:${session}`
  switch (isRecord(options) ? options.format : undefined) {
    case 'id':
      return id
    case 'url.now':
      return urlPrefix + encodeURIComponent(`${id}:${Date.now()}`)
    case 'all':
      return { orgId, userId: user, sessionId: session, pageId: page }
    default:
      return urlPrefix + encodeURIComponent(id)
  }
}
