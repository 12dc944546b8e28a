export const CURRENCY = 'USD'

const format = new Intl.NumberFormat('en-US', { style: 'currency', currency: CURRENCY })

export function money(amount: number): string {
  return format.format(amount)
}
