import { type CartLine, cartLines, cartValue, setQuantity } from '../cart.ts'
import { cartFlowVariant } from '../cart-flow.ts'
import { find, html, type Markup, show } from '../html.ts'
import { money } from '../money.ts'
import { productArt } from '../product-art.ts'
import { showHeader, startPage } from '../shop-page.ts'

const EMPTY = html`<div class="empty">
  <p class="lead">Nothing in here yet.</p>
  <a class="button" href="/">See what is on the shelf</a>
</div>`

startPage()
showCart()

find('#cart').addEventListener('click', ({ target }) => {
  const button = target instanceof Element && target.closest<HTMLButtonElement>('button[data-set]')
  if (!button) return
  const id = button.dataset.id ?? ''
  setQuantity(id, Number(button.dataset.set))
  showHeader()
  showCart()
  // The button that was pressed has been drawn anew, or is gone with its line.
  const again = document.querySelector<HTMLElement>(`[data-id="${id}"][data-step="${button.dataset.step}"]`)
  ;(again ?? find<HTMLElement>('#cart')).focus()
})

function showCart(): void {
  const lines = cartLines()
  show(find('#cart'), lines.length > 0 ? cartMarkup(lines) : EMPTY)
}

function cartMarkup(lines: CartLine[]): Markup {
  return html`<ul class="lines">${lines.map(lineMarkup)}</ul>
    <aside class="summary" aria-label="Summary">
      <p class="total"><span>Subtotal</span> <strong>${money(cartValue())}</strong></p>
      <p class="note">Shipping and taxes are settled in the checkout.</p>
      <a class="button wide" href="/checkout.html">Check out</a>
      ${cartFlowVariant() === 'reassure' && html`<p class="note">Send anything back within 60 days, free of charge.</p>`}
    </aside>`
}

function lineMarkup({ product, quantity }: CartLine): Markup {
  const step = (name: string, sign: string, label: string, next: number) =>
    html`<button class="step" type="button" data-id="${product.id}" data-set="${next}" data-step="${name}"
      aria-label="${label} ${product.name}">${sign}</button>`
  return html`<li class="line">
    <a class="line-art" href="/product.html?id=${product.id}" tabindex="-1" aria-hidden="true">${productArt(product)}</a>
    <div class="line-text">
      <a class="line-name" href="/product.html?id=${product.id}">${product.name}</a>
      <span class="note">${money(product.price)} each</span>
      <div class="stepper">
        ${step('less', '−', 'One less', quantity - 1)}
        <span aria-label="Quantity">${quantity}</span>
        ${step('more', '+', 'One more', quantity + 1)}
        ${step('remove', 'Remove', 'Remove', 0)}
      </div>
    </div>
    <strong class="line-sum">${money(product.price * quantity)}</strong>
  </li>`
}
