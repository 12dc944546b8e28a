import { type CartLine, cartLines, cartValue } from './cart.ts'
import { stored } from './stored.ts'

export interface Order {
  id: string
  email: string
  lines: { productId: string; name: string; quantity: number; sum: number }[]
  shipping: number
  total: number
  at: string
}

const latest = stored<Order | null>('order', null)

export function latestOrder(): Order | null {
  return latest.get()
}

export function forgetOrder(): void {
  latest.set(null)
}

export function placeOrder(email: string, shipping: number): Order {
  const order: Order = {
    id: `KS-${Date.now().toString(36).toUpperCase().slice(-6)}`,
    email,
    lines: cartLines().map(orderLine),
    shipping,
    total: cartValue() + shipping,
    at: new Date().toISOString(),
  }
  latest.set(order)
  return order
}

function orderLine({ product, quantity }: CartLine) {
  return { productId: product.id, name: product.name, quantity, sum: product.price * quantity }
}
