import { useState } from 'react'
import { useParams } from 'react-router'
import { productById } from '../../../storefront/src/catalog.ts'
import { money } from '../../../storefront/src/money.ts'
import { useCart } from '../cart/cart.tsx'
import { usePageView } from '../retention/retention.tsx'
import { NotFound } from './not-found.tsx'

export function Product() {
  const { id = '' } = useParams()
  const product = productById(id)
  return product ? <Details key={id} product={product} /> : <NotFound />
}

function Details({ product }: { product: NonNullable<ReturnType<typeof productById>> }) {
  const { add } = useCart()
  const [isAdded, setAdded] = useState(false)
  usePageView('Product', { product_id: product.id, price: product.price })
  return (
    <>
      <h1>{product.name}</h1>
      <p className="product-price">{money(product.price)}</p>
      <p className="lead">{product.story}</p>
      <button className="button" type="button" onClick={() => add(product).then(() => setAdded(true))}>
        Add to cart
      </button>
      <p role="status">{isAdded && `${product.name} is in your cart.`}</p>
    </>
  )
}
