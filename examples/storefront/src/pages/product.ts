import { bridge } from '../bridge.ts'
import { addToCart, cartValue } from '../cart.ts'
import { type Product, productById } from '../catalog.ts'
import { find, html, show } from '../html.ts'
import { CURRENCY, money } from '../money.ts'
import { productArt } from '../product-art.ts'
import { showHeader, startPage } from '../shop-page.ts'

startPage()

const product = productById(new URLSearchParams(location.search).get('id'))
if (product) showProduct(product)
else show(find('#product'), html`<h1>Not on our shelf</h1><p><a href="/">See everything we make</a></p>`)

function showProduct(product: Product): void {
  document.title = `${product.name} – Kiln Street`
  show(
    find('#product'),
    html`<div class="product-art">${productArt(product)}</div>
      <div class="product-text">
        <h1>${product.name}</h1>
        <p class="product-price">${money(product.price)}</p>
        <p class="lead">${product.story}</p>
        <ul class="facts">${product.facts.map(fact => html`<li>${fact}</li>`)}</ul>
        <div class="actions">
          <button class="button" id="add" type="button">Add to cart</button>
          <a class="button quiet" href="/cart.html">View cart</a>
        </div>
        <p class="note" id="added" role="status"></p>
      </div>`,
  )
  const facts = {
    product_id: product.id,
    product_name: product.name,
    price: product.price,
    currency: CURRENCY,
  }
  bridge.track('product_viewed', facts)
  find('#add').addEventListener('click', () => {
    addToCart(product.id)
    showHeader()
    find('#added').textContent = `${product.name} is in your cart.`
    bridge.track('product_added_to_cart', { ...facts, quantity: 1, cart_value: cartValue() })
  })
}
