import { PRODUCTS, productById } from '../catalog.ts'
import { find, html, show } from '../html.ts'
import { money } from '../money.ts'
import { productArt } from '../product-art.ts'
import { startPage } from '../shop-page.ts'

startPage()

const HERO = ['harbor-mug', 'drift-pitcher', 'tide-bowl']

show(find('#hero-art'), html`${HERO.flatMap(id => productById(id) ?? []).map(productArt)}`)

show(
  find('#products'),
  html`${PRODUCTS.map(
    product => html`<li>
      <a class="card" href="/product.html?id=${product.id}">
        <span class="card-art">${productArt(product)}</span>
        <span class="card-text">
          <span class="card-name">${product.name}</span>
          <span class="card-price">${money(product.price)}</span>
          <span class="card-line">${product.line}</span>
        </span>
      </a>
    </li>`,
  )}`,
)
