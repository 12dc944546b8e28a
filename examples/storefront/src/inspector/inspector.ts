import type { BridgeStatus } from '../bridge.ts'
import { find, html, type Markup, show } from '../html.ts'
import { openStatusChannel, type StatusMessage } from '../status-channel.ts'
import { refreshAges } from './age.ts'
import { bridgeMarkup } from './bridge-panel.ts'
import { flagsMarkup } from './flag-table.ts'
import { identityMarkup } from './identity.ts'
import { rulesMarkup } from './rules.ts'
import { readViews, type Views, watchSandbox } from './sandbox-api.ts'
import { sessionsMarkup } from './session-list.ts'
import { refreshSessionSearch, startSessionSearch } from './session-search.ts'
import { type Choice, findSubject, knownIds, type Reported, type Subject } from './subject.ts'
import { customerIoMoments, fullStoryMoments, momentsMarkup } from './timeline.ts'
import { verdictOn } from './verdict.ts'

const VISITOR = 'visitor'
// Both tools hear of a login within moments of each other: a doubt is shown when it lasts.
const PATIENCE_MS = 1500
const who = find<HTMLSelectElement>('#who')
const channel = openStatusChannel()
const drawn = new Map<string, string>()
let views: Views | null = null
let report: Extract<StatusMessage, { kind: 'status' }> | null = null
let reading = false
let readAgain = false
let doubtfulSince: number | null = null

startSessionSearch()
watchSandbox(refresh, open => {
  find('#connection').textContent = open ? 'Live' : 'Connection lost, trying again'
  find('#connection').classList.toggle('lost', !open)
})
who.addEventListener('change', () => {
  // Asked for: drawn whatever it says.
  drawn.delete('#identity')
  draw()
})
channel.addEventListener('message', ({ data }: MessageEvent<StatusMessage>) => {
  if (data.kind !== 'status') return
  report = data
  draw()
})
channel.postMessage({ kind: 'ask' } satisfies StatusMessage)
setInterval(refreshAges, 1000)

async function refresh(): Promise<void> {
  readAgain = reading
  if (reading) return
  reading = true
  try {
    views = await readViews()
    refreshSessionSearch(views)
    draw()
  } finally {
    reading = false
    if (readAgain) refresh()
  }
}

function draw(): void {
  region('#bridge', bridgeMarkup(report))
  if (!views) return
  offerPeople(views)
  const choice: Choice =
    who.value === VISITOR
      ? { kind: 'visitor', reported: report && reportedBy(report.status) }
      : { kind: 'person', id: who.value }
  const subject = findSubject(views, choice)
  const { customerio, fullstory } = subject
  drawIdentity(subject)
  region('#rules', rulesMarkup(views))
  region('#flags', flagsMarkup(subject))
  region('#customerio-moments', momentsMarkup(customerIoMoments(subject), customerio?.id ?? null))
  region('#fullstory-moments', momentsMarkup(fullStoryMoments(subject), fullstory?.uid ?? null))
  region('#sessions', sessionsMarkup(fullstory?.sessions ?? [], true))
  refreshAges()
  // Shown at once and whole, so that nothing moves while it fills.
  find('main').hidden = false
}

function drawIdentity(subject: Subject): void {
  const verdict = verdictOn(subject)
  const doubtful = verdict.kind === 'different' || verdict.kind === 'waiting'
  doubtfulSince = doubtful ? (doubtfulSince ?? Date.now()) : null
  if (doubtfulSince !== null && Date.now() - doubtfulSince < PATIENCE_MS && drawn.has('#identity')) {
    setTimeout(draw, PATIENCE_MS)
  } else {
    region('#identity', identityMarkup(subject, verdict))
  }
}

function reportedBy({ identity, vendors }: BridgeStatus): Reported {
  const { anonymousId } = vendors.customerio
  return { id: identity.id, anonymousId, sessionUrl: vendors.fullstory.sessionUrl }
}

/** Draws what is new only: a text that is being read or selected stays where it is. */
function region(selector: string, markup: Markup): void {
  if (drawn.get(selector) === markup.text) return
  drawn.set(selector, markup.text)
  show(find(selector), markup)
}

function offerPeople(views: Views): void {
  const chosen = who.value
  const ids = knownIds(views)
  const markup = html`<option value="${VISITOR}">Whoever is in the shop now</option>${ids.map(
    id => html`<option value="${id}">${id}</option>`,
  )}`
  region('#who', markup)
  if (ids.includes(chosen)) who.value = chosen
}
