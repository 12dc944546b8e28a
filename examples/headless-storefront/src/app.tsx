import { Link, Route, Routes } from 'react-router'
import { AccountProvider, useAccount } from './account/account.tsx'
import { CartProvider, useCart } from './cart/cart.tsx'
import { ConsentBanner } from './consent/banner.tsx'
import { Account } from './pages/account.tsx'
import { CartPage } from './pages/cart.tsx'
import { Home } from './pages/home.tsx'
import { NotFound } from './pages/not-found.tsx'
import { Product } from './pages/product.tsx'
import { RetentionProvider } from './retention/retention.tsx'

/** All of the shop, inside a router: that of the browser, or the server's. */
export function App() {
  return (
    <RetentionProvider>
      <AccountProvider>
        <CartProvider>
          <Header />
          <main>
            <Routes>
              <Route index element={<Home />} />
              <Route path="products/:id" element={<Product />} />
              <Route path="cart" element={<CartPage />} />
              <Route path="account" element={<Account />} />
              <Route path="*" element={<NotFound />} />
            </Routes>
          </main>
          <ConsentBanner />
        </CartProvider>
      </AccountProvider>
    </RetentionProvider>
  )
}

function Header() {
  const { customer } = useAccount()
  const { count } = useCart()
  return (
    <header className="header">
      <div className="header-row">
        <Link className="brand" to="/">
          Kiln Street
        </Link>
        <nav aria-label="Shop">
          <Link className="nav-link" to="/account">
            {customer?.firstName ?? 'Sign in'}
          </Link>
          <Link className="nav-link" to="/cart">
            Cart ({count})
          </Link>
        </nav>
      </div>
    </header>
  )
}
