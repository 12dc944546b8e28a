import type { BridgeStatus } from '../bridge.ts'
import { html, type Markup } from '../html.ts'
import type { StatusMessage } from '../status-channel.ts'
import { age } from './age.ts'

type Report = Extract<StatusMessage, { kind: 'status' }>
type Vendor = BridgeStatus['vendors'][keyof BridgeStatus['vendors']]

/** What the library itself answers on the page of the shop that spoke last. */
export function bridgeMarkup(report: Report | null): Markup {
  if (!report) {
    return html`<p class="note">No page of the shop has reported yet. Keep one open in this browser.</p>`
  }
  const { status, page, at } = report
  const { customerio, fullstory } = status.vendors
  return html`<p class="note"><code>bridge.status()</code> on ${page}, ${age(at)}</p>
    <table class="rows">
      <thead><tr><td></td><th scope="col">Customer.io</th><th scope="col">FullStory</th></tr></thead>
      <tbody>
        ${row('State', stateOf(customerio), stateOf(fullstory))}
        ${row('ID the SDK answers', idOf(customerio), idOf(fullstory))}
        ${row('Calls delivered', customerio.delivered, fullstory.delivered)}
        ${row('Calls waiting', customerio.held, fullstory.held)}
        ${row('Calls dropped', customerio.dropped, fullstory.dropped)}
      </tbody>
    </table>
    <p><strong>Shared ID:</strong> ${status.identity.id ? html`<code>${status.identity.id}</code>` : 'none, anonymous'}</p>
    ${warningsMarkup(status)}`
}

function warningsMarkup({ warnings }: BridgeStatus): Markup {
  if (warnings.length === 0) return html`<p class="note">No warnings.</p>`
  return html`<ul class="warnings">
    ${warnings.map(({ field, message, count }) => html`<li><code>${field}</code> ${message}${count > 1 && ` (${count} times)`}</li>`)}
  </ul>`
}

function row(label: string, customerio: string | number, fullstory: string | number): Markup {
  return html`<tr><th scope="row">${label}</th><td>${customerio}</td><td>${fullstory}</td></tr>`
}

function stateOf({ state, api, reason }: Vendor): string {
  return [state, api && `(${api})`, reason].filter(Boolean).join(' ')
}

function idOf({ id }: Vendor): string {
  return id === undefined ? 'cannot be asked now' : (id ?? 'anonymous')
}
