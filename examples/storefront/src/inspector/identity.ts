import { html, type Markup } from '../html.ts'
import type { CustomerIoRecord, FullStoryRecord, Subject } from './subject.ts'
import type { Verdict } from './verdict.ts'

/** Who this is: both tools' answers, and whether they are one. */
export function identityMarkup(subject: Subject, { kind, title, detail, sign }: Verdict): Markup {
  return html`<div class="verdict ${kind}">
    <h2 class="verdict-title">${title}</h2>
    <p>${detail}</p>
    <div class="twins">
      ${card('customerio', 'Customer.io', subject.customerio?.id, subject.customerio && customerIoFacts(subject.customerio))}
      <span class="sign" aria-hidden="true">${sign}</span>
      ${card('fullstory', 'FullStory', subject.fullstory?.uid, subject.fullstory && fullStoryFacts(subject.fullstory))}
    </div>
  </div>`
}

type Facts = [name: string, value: string | null][]

function card(vendor: string, name: string, id: string | null | undefined, facts: Facts | null): Markup {
  const shown = id ?? (facts ? 'anonymous' : 'nothing yet')
  return html`<section class="twin" data-vendor="${vendor}">
    <h3>${name}</h3>
    <p class="shared-id ${id ? '' : 'none'}" data-shared-id="${id ?? ''}">${shown}</p>
    <dl>${(facts ?? []).map(([label, value]) => html`<div><dt>${label}</dt><dd>${value ?? '–'}</dd></div>`)}</dl>
  </section>`
}

function customerIoFacts({ person, anonymousIds }: CustomerIoRecord): Facts {
  const name = [person?.attributes.first_name?.value, person?.attributes.last_name?.value]
  return [
    ['Name', name.filter(Boolean).join(' ') || null],
    ['Email', person?.email ?? null],
    ['Anonymous ID', anonymousIds.at(-1) ?? null],
  ]
}

function fullStoryFacts({ user, sessions }: FullStoryRecord): Facts {
  return [
    ['Sessions', String(sessions.length)],
    ['Email', user.email ?? 'not sent'],
    ['FullStory’s own ID', user.id],
  ]
}
