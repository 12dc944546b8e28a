import { warn } from './warn.ts'

/** What a cart or an order is worth. */
export interface Money {
  /** Finite, 0 or more, in the currency's main unit: `129.5` is 129.50. */
  total?: number
  /** ISO-4217, in capitals: `'USD'`. */
  currency?: string
  /** Plain data for each line, e.g. `{ sku, quantity, price }`. All of it has to fit into 2,700 characters of JSON. */
  items?: readonly Record<string, unknown>[]
}

/** The fields that are right, as properties of an event; each wrong one is left out with a warning. */
export const readMoney = ({ total, currency, items }: Money): Record<string, unknown> => {
  const goodTotal = Number.isFinite(total) && (total as number) >= 0
  // A browser that cannot list currencies takes any.
  const goodCurrency = Intl.supportedValuesOf?.('currency').includes(currency as string) ?? true
  if (total !== undefined && !goodTotal) warn('total', 'a finite number, 0 or more')
  if (currency !== undefined && !goodCurrency) warn('currency', "an ISO-4217 code in capitals, such as 'USD'")
  return { total: goodTotal ? total : undefined, items, currency: goodCurrency ? currency : undefined }
}
