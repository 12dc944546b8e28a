import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type ShopifyCustomer, shopifyLiquid } from '@retention-bridge/sandbox'
import { Window } from 'happy-dom'
import { schemaOf } from '../scripts/theme-snippet.ts'

export const EXTENSION = fileURLToPath(new URL('../extensions/retention-bridge-theme', import.meta.url))
export const EXAMPLE = fileURLToPath(new URL('../../../examples/shopify-theme', import.meta.url))

export const read = (path: string): string => readFileSync(path, 'utf8')
export const readJson = (path: string): unknown => JSON.parse(read(path))

export const block = read(`${EXTENSION}/blocks/retention-bridge.liquid`)

export interface Visit {
  /** Who is logged in; nobody by default. */
  customer?: ShopifyCustomer
  /** Differences from the defaults of the schema. */
  settings?: Record<string, unknown>
  /** Liquid's `request`. */
  request?: Record<string, unknown>
  /** Whether `json` escapes `<`. Shopify does not say; both must be safe. */
  jsonEscapes?: boolean
}

/** The defaults of the app embed's settings. */
export const defaults: Record<string, unknown> = Object.fromEntries(
  schemaOf(block)
    .settings.filter(({ id }) => id)
    .map(({ id, default: value = '' }) => [id, value]),
)

const engines = [false, true].map(jsonEscapes => shopifyLiquid(EXTENSION, { jsonEscapes }))
const parsed = engines.map(engine => engine.parse(block))

/** The app embed's HTML on a page. */
export const renderEmbed = ({
  customer,
  settings,
  request = {},
  jsonEscapes = false,
}: Visit = {}): string => {
  const which = Number(jsonEscapes)
  return engines[which]?.renderSync(parsed[which] ?? [], {
    customer,
    request,
    block: { settings: { ...defaults, ...settings } },
  })
}

export interface Configuration {
  flags: Record<string, Record<string, unknown>>
  visitor: { id: string | null; traits?: Record<string, unknown>; flags?: Record<string, unknown> }
  [option: string]: unknown
}

const { document } = new Window()

/** The script elements of a page, as a browser finds them. */
export const scriptsOf = (html: string) => {
  document.body.innerHTML = html
  return [...document.querySelectorAll('script')].map(script => ({
    attributes: Object.fromEntries([...script.attributes].map(({ name, value }) => [name, value])),
    text: script.textContent,
  }))
}

/** What the script tag reads on the page. Throws where there is nothing to read, or no JSON. */
export const configurationOf = (html: string): Configuration => {
  const tag = scriptsOf(html).find(({ attributes }) => 'data-retention-bridge' in attributes)
  return JSON.parse(tag?.text ?? '') as Configuration
}

export const configure = (visit?: Visit): Configuration => configurationOf(renderEmbed(visit))

export const ada: ShopifyCustomer = {
  id: 1042,
  email: 'Ada@example.com',
  first_name: 'Ada',
  last_name: 'Lovelace',
  phone: '+14155550100',
  orders_count: 3,
  total_spent: 38_850,
  accepts_marketing: true,
  tax_exempt: false,
  'b2b?': true,
  tags: ['VIP-Gold', 'newsletter'],
  last_order: { created_at: '2026-01-31T12:00:00+01:00' },
  default_address: { country_code: 'GB', province_code: 'ENG' },
  metafields: { custom: { person_id: { value: 'cust_1042' }, margin_tier: { value: 'high' } } },
}
