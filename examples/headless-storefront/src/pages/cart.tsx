import { productById } from '../../../storefront/src/catalog.ts'
import { useCart } from '../cart/cart.tsx'
import { usePageView } from '../retention/retention.tsx'

export function CartPage() {
  const { lines, checkOut } = useCart()
  usePageView('Cart')
  return (
    <>
      <h1>Your cart</h1>
      <ul>
        {lines.map(({ merchandise: { id }, quantity }) => (
          <li key={id}>
            {quantity} × {productById(id)?.name}
          </li>
        ))}
      </ul>
      <button className="button" type="button" disabled={!lines.length} onClick={checkOut}>
        Check out
      </button>
    </>
  )
}
