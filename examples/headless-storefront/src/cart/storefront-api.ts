/** Of a cart of Shopify's Storefront API, what `FIELDS` asks for. */
export interface Cart {
  id: string
  checkoutUrl: string
  attributes: Attribute[]
  lines: { nodes: { quantity: number; merchandise: { id: string } }[] }
}

export interface Attribute {
  key: string
  value: string
}

const FIELDS = `id checkoutUrl attributes { key value }
  lines(first: 100) { nodes { quantity merchandise { ... on ProductVariant { id } } } }`

/** The cart of this id; null when it is gone, as Shopify's are after a while and after the order. */
export async function readCart(cartId: string): Promise<Cart | null> {
  const query = `query cart($cartId: ID!) { cart(id: $cartId) { ${FIELDS} } }`
  const { cart } = await request<{ cart: Cart | null }>(query, { cartId })
  return cart
}

export const createCart = (merchandiseId: string) =>
  mutate(
    'cartCreate',
    `mutation cartCreate($lines: [CartLineInput!]) { cartCreate(input: { lines: $lines }) { cart { ${FIELDS} } } }`,
    {
      lines: [{ merchandiseId, quantity: 1 }],
    },
  )

export const addLine = (cartId: string, merchandiseId: string) =>
  mutate(
    'cartLinesAdd',
    `mutation cartLinesAdd($cartId: ID!, $lines: [CartLineInput!]!) {
      cartLinesAdd(cartId: $cartId, lines: $lines) { cart { ${FIELDS} } }
    }`,
    { cartId, lines: [{ merchandiseId, quantity: 1 }] },
  )

/** @param attributes all that the cart is to have */
export const updateAttributes = (cartId: string, attributes: Attribute[]) =>
  mutate(
    'cartAttributesUpdate',
    `mutation cartAttributesUpdate($cartId: ID!, $attributes: [AttributeInput!]!) {
      cartAttributesUpdate(cartId: $cartId, attributes: $attributes) { cart { ${FIELDS} } }
    }`,
    { cartId, attributes },
  )

async function mutate(name: string, mutation: string, variables: unknown): Promise<Cart> {
  const { [name]: payload } = await request<Record<string, { cart: Cart | null }>>(mutation, variables)
  if (!payload?.cart) throw new Error(`${name} has changed no cart`)
  return payload.cart
}

async function request<Data>(query: string, variables: unknown): Promise<Data> {
  const response = await fetch('/api/graphql.json', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  const { data } = (await response.json()) as { data: Data }
  return data
}
