import { stored } from './stored.ts'

export type CartFlowVariant = 'plain' | 'reassure'

const variant = stored<CartFlowVariant | null>('cart-flow', null)

/** The cart page test: half of the browsers see a word on returns next to the button. Drawn once per browser. */
export function cartFlowVariant(): CartFlowVariant {
  const drawn = variant.get() ?? (Math.random() < 0.5 ? 'plain' : 'reassure')
  variant.set(drawn)
  return drawn
}
