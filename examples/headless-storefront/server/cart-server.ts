import { randomUUID } from 'node:crypto'
import { json } from 'node:stream/consumers'
import type { Plugin } from 'vite'
import type { Cart } from '../src/cart/storefront-api.ts'

type Variables = Partial<{
  cartId: string
  lines: { merchandiseId: string; quantity: number }[]
  attributes: Cart['attributes']
}>

/** The mutations that the shop uses, by name. */
const MUTATIONS = {
  cartLinesAdd(cart: Cart, { lines = [] }: Variables) {
    for (const { merchandiseId: id, quantity } of lines) {
      const line = cart.lines.nodes.find(({ merchandise }) => merchandise.id === id)
      if (line) line.quantity += quantity
      else cart.lines.nodes.push({ quantity, merchandise: { id } })
    }
  },
  // The stricter of two readings of Shopify's documentation: what is left out is gone.
  cartAttributesUpdate(cart: Cart, { attributes = [] }: Variables) {
    cart.attributes = attributes
  },
}

/**
 * Stands in for Shopify's Storefront API, as far as carts go, and for the checkout that a cart leads to. It knows
 * requests by the names of their operations, takes the same variables, and always answers all of the cart.
 */
export function cartServer(carts: Map<string, Cart>): Plugin {
  const answer = (query: string, variables: Variables) => {
    const [, name = ''] = /(?:mutation|query) (\w+)/.exec(query) ?? []
    if (name === 'cartCreate') {
      const id = `gid://shopify/Cart/${randomUUID()}`
      const checkoutUrl = `/checkout?cart=${encodeURIComponent(id)}`
      const cart: Cart = { id, checkoutUrl, attributes: [], lines: { nodes: [] } }
      carts.set(id, cart)
      MUTATIONS.cartLinesAdd(cart, variables)
      return { cartCreate: { cart } }
    }
    const cart = carts.get(variables.cartId ?? '') ?? null
    if (name === 'cart') return { cart }
    if (cart) MUTATIONS[name as keyof typeof MUTATIONS](cart, variables)
    return { [name]: { cart } }
  }
  return {
    name: 'headless-storefront:cart-server',
    configureServer({ middlewares }) {
      middlewares.use('/api/graphql.json', async (request, response) => {
        const { query, variables } = (await json(request)) as { query: string; variables: Variables }
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ data: answer(query, variables) }))
      })
      middlewares.use('/checkout', (request, response) => {
        const id = new URLSearchParams(request.url?.split('?')[1]).get('cart') ?? ''
        const { attributes = [] } = carts.get(id) ?? {}
        response.setHeader('content-type', 'text/html; charset=utf-8').end(
          `<!doctype html><html lang="en"><title>Checkout</title><h1>Here Shopify's checkout takes over</h1>
<p>With the order it would hand the store's server: ${attributes.map(({ key }) => key).join() || 'nothing'}</p>
<p><a href="/">Back to the shelf</a></p>`,
        )
      })
    },
  }
}
