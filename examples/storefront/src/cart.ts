import { type Product, productById } from './catalog.ts'
import { stored } from './stored.ts'

export interface CartLine {
  product: Product
  quantity: number
}

const MOST_OF_ONE = 9
const quantities = stored<Record<string, number>>('cart', {})

export const CART_KEY = quantities.key

export function cartLines(): CartLine[] {
  return Object.entries(quantities.get()).flatMap(([id, quantity]) => {
    const product = productById(id)
    return product && quantity > 0 ? [{ product, quantity }] : []
  })
}

export function cartCount(): number {
  return cartLines().reduce((sum, { quantity }) => sum + quantity, 0)
}

export function cartValue(): number {
  return cartLines().reduce((sum, { product, quantity }) => sum + product.price * quantity, 0)
}

export function setQuantity(id: string, quantity: number): void {
  const next = { ...quantities.get(), [id]: Math.min(quantity, MOST_OF_ONE) }
  if (quantity < 1) delete next[id]
  quantities.set(next)
}

export function addToCart(id: string): void {
  setQuantity(id, (quantities.get()[id] ?? 0) + 1)
}

export function emptyCart(): void {
  quantities.set({})
}
