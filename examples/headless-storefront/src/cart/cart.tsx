import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { Product } from '../../../storefront/src/catalog.ts'
import { CURRENCY } from '../../../storefront/src/money.ts'
import { stored } from '../../../storefront/src/stored.ts'
import { useRetention } from '../retention/retention.tsx'
import { addLine, type Cart, createCart, readCart } from './storefront-api.ts'
import { withVisitor } from './visitor-attribute.ts'

interface CartApi {
  lines: Cart['lines']['nodes']
  count: number
  add(product: Product): Promise<void>
  /** Leads to Shopify's checkout. */
  checkOut(): Promise<void>
}

const Context = createContext<CartApi | null>(null)

const cartId = stored<string | null>('headless-cart', null)

const countOf = (lines: Cart['lines']['nodes']) => lines.reduce((sum, { quantity }) => sum + quantity, 0)

/** This browser's cart, at Shopify. */
export function CartProvider({ children }: { children: ReactNode }) {
  const bridge = useRetention()
  const [cart, setCart] = useState<Cart | null>(null)
  useEffect(() => {
    const id = cartId.get()
    if (id) readCart(id).then(setCart)
  }, [])
  const api = useMemo(() => {
    const lines = cart?.lines.nodes ?? []
    return {
      lines,
      count: countOf(lines),
      async add({ id, name, price }: Product) {
        const changed = cart ? await addLine(cart.id, id) : await createCart(id)
        cartId.set(changed.id)
        const items = countOf(changed.lines.nodes)
        bridge.setFlags({ cart_items: items })
        bridge.track('product_added_to_cart', {
          product_id: id,
          product_name: name,
          price,
          currency: CURRENCY,
        })
        setCart(await withVisitor(changed, bridge))
      },
      async checkOut() {
        if (!cart) return
        bridge.track('checkout_started', { items: countOf(lines) })
        // Once more: consent, a login or a logout may have come after the last change of the cart.
        const [{ checkoutUrl }] = await Promise.all([
          withVisitor(cart, bridge),
          bridge.flush({ timeout: 2000 }),
        ])
        location.assign(checkoutUrl)
      },
    }
  }, [bridge, cart])
  return <Context value={api}>{children}</Context>
}

export function useCart(): CartApi {
  const cart = useContext(Context)
  if (!cart) throw new Error('useCart needs a <CartProvider> around it')
  return cart
}
