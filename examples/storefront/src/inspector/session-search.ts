import { flags } from '../flag-plan.ts'
import { find, html, show } from '../html.ts'
import { refreshAges } from './age.ts'
import { readSessions, type Views } from './sandbox-api.ts'
import { sessionsMarkup } from './session-list.ts'

const property = find<HTMLSelectElement>('#search-property')
const value = find<HTMLSelectElement>('#search-value')
let values = new Map<string, Set<string>>()
let searches = 0
/** The search whose answer is shown. */
let shown = 0

/** "Sessions of everybody whose flag is …": the search that a mirrored flag makes possible. */
export function startSessionSearch(): void {
  setOptions(property, Object.keys(flags))
  property.addEventListener('change', () => {
    offerValues()
    search()
  })
  value.addEventListener('change', search)
}

/** Offers what has come in since, and searches again. */
export function refreshSessionSearch({ fullstory }: Views): void {
  values = new Map()
  for (const user of fullstory.users) {
    for (const [name, held] of Object.entries(user.properties)) {
      values.set(name, (values.get(name) ?? new Set()).add(String(held.value)))
    }
  }
  setOptions(property, [...new Set([...Object.keys(flags), ...values.keys()])])
  offerValues()
  search()
}

function offerValues(): void {
  const declared = declaredValues(property.value)
  const options = [...new Set([...declared, ...(values.get(property.value) ?? [])])].sort()
  setOptions(value, ['', ...options])
}

function declaredValues(name: string): readonly string[] {
  const flag = Object.entries(flags).find(([known]) => known === name)?.[1]
  return flag && 'values' in flag ? flag.values : []
}

async function search(): Promise<void> {
  searches += 1
  const number = searches
  const asked = [property.value, value.value] as const
  const sessions = await readSessions(...asked)
  // Something else has been chosen since, or a later search was answered before this one.
  if (asked[0] !== property.value || asked[1] !== value.value || number < shown) return
  shown = number
  find('#search-count').textContent = `${sessions.length} ${sessions.length === 1 ? 'session' : 'sessions'}`
  show(find('#search-results'), sessionsMarkup(sessions.reverse()))
  refreshAges(find('#search-results'))
}

function setOptions(select: HTMLSelectElement, names: string[]): void {
  const chosen = select.value
  if ([...select.options].map(option => option.value).join('\n') === names.join('\n')) return
  show(select, html`${names.map(name => html`<option value="${name}">${name || 'any value'}</option>`)}`)
  if (names.includes(chosen)) select.value = chosen
}
