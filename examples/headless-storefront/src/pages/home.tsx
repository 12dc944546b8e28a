import { Link } from 'react-router'
import { PRODUCTS } from '../../../storefront/src/catalog.ts'
import { money } from '../../../storefront/src/money.ts'
import { usePageView } from '../retention/retention.tsx'

export function Home() {
  usePageView('Home')
  return (
    <>
      <h1>Made to be used, not saved for guests</h1>
      <ul className="grid">
        {PRODUCTS.map(({ id, name, price }) => (
          <li key={id}>
            <Link to={`/products/${id}`}>{name}</Link>
            <p>{money(price)}</p>
          </li>
        ))}
      </ul>
    </>
  )
}
