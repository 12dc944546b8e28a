import { randomId } from '../../random-id.ts'
import {
  FS_UID_LIFETIME_SECONDS,
  formatFsUid,
  hashUid,
  parseFsUid,
  type StoredIdentity,
} from './fs-uid-cookie.ts'

/** First-party cookies, wherever they are kept. */
export interface Cookies {
  read(name: string): string | null
  write(name: string, value: string, lifetimeSeconds: number): void
}

export const IDLE_LIMIT_MS = 30 * 60_000
const SESSION_LIMIT_MS = 24 * 3600_000
const SESSION_LIMIT_PAGES = 250

/**
 * Who is in front of this browser, as this document knows it. The cookie is read when capture starts
 * and written when something changes: in between, documents of one browser do not watch each other
 * (the vendor does not say; this is the case a bridge has to survive).
 */
export class Visitor {
  private current: StoredIdentity | null = null
  private lastActivity = 0
  page = ''
  /** Known only once the page itself has said it. */
  uid: string | null = null
  properties: Record<string, unknown> = {}

  constructor(
    private readonly org: string,
    private readonly cookies: Cookies,
  ) {}

  get user(): string {
    return this.current?.user ?? ''
  }

  get session(): string {
    return this.current?.session ?? ''
  }

  /** Answers before capture has started, too: from the cookie. */
  get uidHash(): string | null {
    return (this.current ?? this.stored())?.uidHash ?? null
  }

  /** Continues the session in the cookie while it is alive, else begins a new one of the same user. */
  openPage(now: number): void {
    const stored = this.stored() ?? this.current
    const known = stored ?? newVisitor(now)
    const samePerson = known.user === this.current?.user && known.uidHash === this.current.uidHash
    if (!samePerson) this.forgetWhatPageSaid()
    const alive =
      now - this.activityBefore(now) < IDLE_LIMIT_MS &&
      now - known.sessionStartedAt < SESSION_LIMIT_MS &&
      known.pages < SESSION_LIMIT_PAGES
    const session = alive ? known : { ...known, session: randomId(), sessionStartedAt: now, pages: 0 }
    this.current = { ...session, pages: session.pages + 1 }
    this.page = randomId()
    this.save(now)
    this.touch(now)
  }

  identify(uid: string, now: number): void {
    this.uid = uid
    if (this.current) this.current = { ...this.current, uidHash: hashUid(uid) }
    this.save(now)
  }

  /** Another person: nothing of the earlier one is kept. */
  renew(now: number): void {
    this.current = newVisitor(now)
    this.forgetWhatPageSaid()
    this.save(now)
    this.touch(now)
  }

  touch(now: number): void {
    this.lastActivity = now
    this.cookies.write('fs_lua', `1.${Math.floor(now)}`, IDLE_LIMIT_MS / 1000)
  }

  isOld(now: number): boolean {
    return this.current !== null && now - this.current.sessionStartedAt >= SESSION_LIMIT_MS
  }

  setConsent(given: boolean): void {
    this.cookies.write('fs_cid', `1.${given ? 1 : 0}`, FS_UID_LIFETIME_SECONDS)
  }

  private stored(): StoredIdentity | null {
    return parseFsUid(this.org, this.cookies.read('fs_uid'))
  }

  private activityBefore(now: number): number {
    const lastUserActivity = Number(this.cookies.read('fs_lua')?.replace(/^1\./, ''))
    return Number.isFinite(lastUserActivity) ? Math.min(lastUserActivity || 0, now) : this.lastActivity
  }

  private save(now: number): void {
    if (!this.current) return
    this.cookies.write('fs_uid', formatFsUid(this.org, this.current, now), FS_UID_LIFETIME_SECONDS)
  }

  private forgetWhatPageSaid(): void {
    this.uid = null
    this.properties = {}
  }
}

function newVisitor(now: number): StoredIdentity {
  return { user: randomId(), session: randomId(), sessionStartedAt: now, pages: 0, uidHash: null }
}

export interface UserSnapshot {
  uid?: string
  properties: Record<string, unknown>
}

/** The user as the page made it known; nothing while it has said nothing, or after anonymizing. */
export function userSnapshot({ uid, properties }: Visitor): UserSnapshot | null {
  if (uid === null && Object.keys(properties).length === 0) return null
  return { ...(uid === null ? {} : { uid }), properties: { ...properties } }
}
