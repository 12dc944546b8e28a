import { html, type Markup } from '../html.ts'
import { clockTime } from './age.ts'
import type { Subject } from './subject.ts'

/** Something a visitor did, as one vendor recorded it. */
export interface Moment {
  kind: 'event' | 'page'
  name: string
  at: number
  /** The shared ID it was sent under; `null` when nobody was known yet. */
  sentAs: string | null
  /** The session that its link leads to; `null` when that is none of this person's. */
  replay?: string | null
}

const SHOWN = 20

export function customerIoMoments({ customerio, fullstory }: Subject): Moment[] {
  const { events, pages } = customerio?.activity ?? { events: [], pages: [] }
  const replayOf = (url: unknown) =>
    typeof url === 'string'
      ? (fullstory?.sessions.find(session => url.startsWith(session.url))?.id ?? null)
      : undefined
  return latestFirst([
    ...events.map(({ name, at, userId, properties }) => ({
      kind: 'event' as const,
      name,
      at,
      sentAs: userId,
      replay: replayOf(properties.fullstory_session_url),
    })),
    ...pages.map(({ name, properties, at, userId }) => ({
      kind: 'page' as const,
      name: typeof properties.path === 'string' ? properties.path : name,
      at,
      sentAs: userId,
    })),
  ])
}

export function fullStoryMoments({ fullstory }: Subject): Moment[] {
  return latestFirst(
    (fullstory?.sessions ?? []).flatMap(session =>
      session.events.map(({ name, at, uid }) => ({ kind: 'event' as const, name, at, sentAs: uid })),
    ),
  )
}

/** `owner`: the person all of it belongs to now. */
export function momentsMarkup(moments: Moment[], owner: string | null): Markup {
  if (moments.length === 0) return html`<li class="note">Nothing yet.</li>`
  const earlier = moments.length - SHOWN
  return html`${moments.slice(0, SHOWN).map(moment => momentMarkup(moment, owner))}
    ${earlier > 0 && html`<li class="note">and ${earlier} earlier</li>`}`
}

function momentMarkup({ kind, name, at, sentAs, replay }: Moment, owner: string | null): Markup {
  return html`<li class="moment ${kind}">
    ${clockTime(at)}
    <span class="moment-name ${isTrouble(name) ? 'trouble' : ''}">${kind === 'page' ? 'Page ' : ''}${name}</span>
    ${replay !== undefined && replayMarkup(replay)}
    ${ownerMarkup(sentAs, owner)}
  </li>`
}

function replayMarkup(session: string | null): Markup {
  if (session === null) return html`<span class="tag bad">replay of somebody else</span>`
  return html`<a class="replay" href="#${sessionAnchor(session)}">Replay</a>`
}

export function sessionAnchor(session: string): string {
  return `session-${session.replace(/\W/g, '-')}`
}

function ownerMarkup(sentAs: string | null, owner: string | null): Markup {
  if (sentAs !== null) return html`<span class="tag good">${sentAs}</span>`
  if (owner === null) return html`<span class="tag">anonymous</span>`
  return html`<span class="tag joined">anonymous, now ${owner}</span>`
}

export function isTrouble(name: string): boolean {
  return name.endsWith('_failed')
}

function latestFirst(moments: Moment[]): Moment[] {
  return moments.sort((a, b) => b.at - a.at)
}
