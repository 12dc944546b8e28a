import type { SessionView } from '@retention-bridge/sandbox'
import { html, type Markup } from '../html.ts'
import { age, clockTime } from './age.ts'
import { isTrouble, sessionAnchor } from './timeline.ts'

/** `isTarget`: links of events lead to this list. */
export function sessionsMarkup(sessions: SessionView[], isTarget = false): Markup {
  if (sessions.length === 0) return html`<li class="note">No session.</li>`
  return html`${sessions.map(session => sessionMarkup(session, isTarget))}`
}

function sessionMarkup(session: SessionView, isTarget: boolean): Markup {
  const { id, uid, startedAt, pages, events, endedAt } = session
  const names = [...new Set(events.map(({ name }) => name))]
  return html`<li class="session" data-session="${id}"${isTarget && html` id="${sessionAnchor(id)}"`}>
    <p class="session-head">
      <span class="tag ${uid ? 'good' : ''}">${uid ?? 'anonymous'}</span>
      <span>${clockTime(startedAt)}</span>
      ${age(startedAt)}
      <span class="note">${count(pages.length, 'page')}, ${count(events.length, 'event')}${endedAt ? '' : ', going on'}</span>
    </p>
    <p class="session-id"><code>${id}</code></p>
    ${names.length > 0 && html`<p class="session-events">${names.map(eventTag)}</p>`}
  </li>`
}

function eventTag(name: string): Markup {
  return html`<span class="tag ${isTrouble(name) ? 'bad' : ''}">${name}</span> `
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
