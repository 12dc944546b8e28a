/**
 * Without `data-use-array-params` a list arrives as an object of its members by position, at every depth
 * (https://docs.customer.io/integrations/data-in/connections/javascript/legacy-js/getting-started/).
 */
export function withoutLists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutLists(member)]))
}
