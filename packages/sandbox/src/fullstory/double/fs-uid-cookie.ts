/** The content of the `fs_uid` cookie: who this browser is to one org, and in which session. */
export interface StoredIdentity {
  user: string
  session: string
  sessionStartedAt: number
  pages: number
  /** Hash of the uid; the uid itself is never stored, so a new page knows only whether one fits. */
  uidHash: string | null
}

export const FS_UID_LIFETIME_SECONDS = 365 * 24 * 3600

export function formatFsUid(org: string, stored: StoredIdentity, now: number): string {
  const { user, session, sessionStartedAt, pages, uidHash } = stored
  const expiresAt = Math.floor(now / 1000) + FS_UID_LIFETIME_SECONDS
  const hash = uidHash === null ? '' : `#${uidHash}#`
  return `#${org}#${user}:${session}:${Math.floor(sessionStartedAt)}::${pages}${hash}/${expiresAt}`
}

const SHAPE = /^#([^#]+)#([^:#]+):([^:#]+):(\d+)::(\d+)(?:#([^#]+)#)?\/\d+$/

/** `null` when there is none, it is damaged, or it belongs to another org. */
export function parseFsUid(org: string, cookie: string | null): StoredIdentity | null {
  const [, storedOrg, user, session, startedAt, pages, uidHash] = cookie?.match(SHAPE) ?? []
  if (storedOrg !== org || !user || !session) return null
  return {
    user,
    session,
    sessionStartedAt: Number(startedAt),
    pages: Number(pages),
    uidHash: uidHash ?? null,
  }
}

/** FNV-1a, of code points. Case-sensitive, as FullStory's comparison of uids is. */
export function hashUid(uid: string): string {
  let hash = 0x811c9dc5
  for (const character of uid) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash.toString(16).padStart(8, '0')
}
