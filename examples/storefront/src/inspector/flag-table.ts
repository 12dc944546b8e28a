import type { FsProperty } from '@retention-bridge/sandbox'
import { flags } from '../flag-plan.ts'
import { html, type Markup } from '../html.ts'
import { age } from './age.ts'
import type { Subject } from './subject.ts'

type Attribute = { value: unknown; at: number } | undefined

/** Every flag of the plan, and whatever else FullStory holds, as both tools have it. */
export function flagsMarkup({ customerio, fullstory }: Subject): Markup {
  const attributes = customerio?.person?.attributes ?? {}
  const properties = fullstory?.user.properties ?? {}
  const planned = Object.keys(flags)
  const names = [...planned, ...Object.keys(properties).filter(name => !planned.includes(name))]
  return html`${names.map(name => rowMarkup(name, attributes[name], properties[name]))}`
}

function rowMarkup(name: string, attribute: Attribute, property: FsProperty | undefined): Markup {
  const same = attribute && property && sameValue(attribute.value, property)
  const agreement = attribute && property ? (same ? 'same' : 'different') : ''
  const ttl = timeToLive(name)
  return html`<tr class="${property || attribute ? '' : 'unset'}">
    <th scope="row">
      <code>${name}</code>
      ${property && html`<span class="type">${property.type}</span>`}
      ${property && ttl && html`<span class="type">for ${ttl}</span>`}
    </th>
    <td data-label="Customer.io">${attribute ? valueMarkup(attribute.value, attribute.at) : html`<span class="note">–</span>`}</td>
    <td data-label="FullStory">${property ? valueMarkup(property.value, property.at) : html`<span class="note">not set</span>`}</td>
    <td class="agreement ${agreement}">${agreement === 'same' ? 'same' : agreement === 'different' ? 'differs' : ''}</td>
  </tr>`
}

function valueMarkup(value: unknown, at: number): Markup {
  const date = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)
  return html`<span class="value">${date ? value.slice(0, 10) : String(value)}</span> ${age(at)}`
}

function sameValue(attribute: unknown, { value, type }: FsProperty): boolean {
  if (type === 'date') return Date.parse(String(attribute)) === Date.parse(String(value))
  return attribute === value
}

function timeToLive(name: string): string | undefined {
  const flag = Object.entries(flags).find(([planned]) => planned === name)?.[1]
  return flag && 'ttl' in flag ? flag.ttl : undefined
}
