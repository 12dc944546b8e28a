import type { EventName } from './moments.ts'

/** What a visitor has to allow; as Shopify names it. */
export type Purpose = 'analytics' | 'marketing' | 'preferences' | 'sale_of_data'

/** What a store fills in. */
export interface PixelSettings {
  /** Customer.io's write key of the JavaScript source that the storefront uses: one source, one person. */
  writeKey: string
  /** Where the workspace is; without it `'us'`. */
  region?: 'us' | 'eu'
  /** `false`: somebody without an account stays anonymous. By default the address they give is theirs at once. */
  guest?: boolean
  /**
   * `false` where the shared ID is not Shopify's customer id: whoever logs in at checkout is then known on the next page
   * of the store only.
   */
  customerIds?: boolean
  /** Other names for events, or `false` for those that are not sent: `{ product_added_to_cart: false }`. */
  names?: Partial<Record<EventName, string | false>>
  /** All of them have to be allowed. Default `['analytics', 'marketing']`. */
  purposes?: readonly Purpose[]
  /** Hours until what waits for the next page of the store is thrown away. Default 24, at most 168. */
  carryHours?: number
  /** Another server than Customer.io's, for tests: `'http://localhost:4400'`. */
  apiHost?: string
}

/** Settings of the form as the pixel uses them. */
export type ReadSettings = Required<Omit<PixelSettings, 'region'>>

// https://docs.customer.io/integrations/api/cdp/
const HOSTS = { us: 'https://cdp.customer.io', eu: 'https://cdp-eu.customer.io' }

/** With defaults; a setting that is none counts as not given. */
export const readSettings = (given: Partial<PixelSettings>): ReadSettings => {
  const { writeKey, region, guest, customerIds, names, purposes, carryHours, apiHost } = given
  const hours = Number(carryHours)
  return {
    writeKey: String(writeKey ?? '').trim(),
    guest: guest !== false,
    customerIds: customerIds !== false,
    names: names ?? {},
    purposes: purposes?.[0] ? purposes : ['analytics', 'marketing'],
    carryHours: hours > 0 ? Math.min(hours, 168) : 24,
    apiHost: (apiHost || HOSTS[region as 'us'] || HOSTS.us).replace(/\/+$/, ''),
  }
}

/** The app pixel's settings, which Shopify keeps as texts, as those of `PixelSettings`. */
export const settingsOfApp = (fields: Record<string, unknown>): Partial<PixelSettings> => {
  const text = (name: string) => String(fields[name] ?? '').trim()
  let names: PixelSettings['names']
  try {
    names = JSON.parse(text('names'))
  } catch {
    // Empty, or no JSON: the names stay.
  }
  return {
    writeKey: text('write_key'),
    region: text('region') as PixelSettings['region'],
    guest: text('guest') !== 'false',
    customerIds: text('customer_ids') !== 'false',
    names,
    carryHours: Number(text('carry_hours')),
    apiHost: text('api_host'),
  }
}
