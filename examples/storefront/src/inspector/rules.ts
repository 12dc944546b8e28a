import { html, type Markup } from '../html.ts'
import { clockTime } from './age.ts'
import type { Views } from './sandbox-api.ts'

/** The vendors' documented rules that were broken, of which the vendors themselves would say nothing. */
export function rulesMarkup({ customerio, fullstory }: Views): Markup {
  const broken = [...customerio.violations, ...fullstory.violations].sort((a, b) => b.at - a.at)
  if (broken.length === 0)
    return html`<p class="rules kept"><strong>0 rules broken</strong> of those that Customer.io and FullStory document</p>`
  return html`<div class="rules broken">
    <p><strong>${broken.length} ${broken.length === 1 ? 'rule' : 'rules'} broken</strong></p>
    <ul>
      ${broken.map(
        ({ vendor, rule, detail, at }) => html`<li>
          ${clockTime(at)} <strong>${vendor === 'fullstory' ? 'FullStory' : 'Customer.io'}</strong>
          <code>${rule}</code> ${detail}
        </li>`,
      )}
    </ul>
  </div>`
}
