import { bridge, customerFlags, everythingSaid } from '../bridge.ts'
import { cartCount, cartLines, cartValue, emptyCart } from '../cart.ts'
import { type CheckoutStep, closeCheckout, openCheckout } from '../checkout-progress.ts'
import { recordOrder, signedIn } from '../customers.ts'
import { find, html, show } from '../html.ts'
import { CURRENCY, money } from '../money.ts'
import { type Order, placeOrder } from '../orders.ts'
import { charge, type TestCard } from '../payment.ts'
import { startPage } from '../shop-page.ts'

const STEPS: readonly CheckoutStep[] = ['contact', 'shipping', 'payment']
const EXPRESS = 12

startPage({ inCheckout: true })
const customer = signedIn()
let attempt = 0

if (cartCount() === 0) location.replace('/cart.html')
else startCheckout()

function startCheckout(): void {
  find<HTMLInputElement>('#email').value = customer?.email ?? ''
  find('#sign-in-hint').hidden = customer !== null
  if (openCheckout()) {
    bridge.track('checkout_started', { cart_value: cartValue(), currency: CURRENCY, item_count: cartCount() })
  }
  goTo('contact', false)
  showSummary()

  formOf('contact').addEventListener('submit', event => next(event, 'shipping'))
  formOf('shipping').addEventListener('submit', event => next(event, 'payment'))
  formOf('shipping').addEventListener('change', showSummary)
  formOf('payment').addEventListener('submit', pay)
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-back]')) {
    button.addEventListener('click', () => goTo(button.dataset.back as CheckoutStep))
  }
}

function next(event: SubmitEvent, step: CheckoutStep): void {
  event.preventDefault()
  goTo(step)
}

function goTo(step: CheckoutStep, moveFocus = true): void {
  for (const name of STEPS) formOf(name).hidden = name !== step
  for (const [index, item] of document.querySelectorAll('#steps li').entries()) {
    if (STEPS[index] === step) item.setAttribute('aria-current', 'step')
    else item.removeAttribute('aria-current')
    item.classList.toggle('done', index < STEPS.indexOf(step))
  }
  showProblem('')
  if (moveFocus) find('h2', formOf(step)).focus()
  bridge.setFlags({ checkout_state: step })
}

async function pay(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  const button = find<HTMLButtonElement>('#pay')
  const card = new FormData(formOf('payment')).get('card') as TestCard
  button.disabled = true
  showProblem('')
  const result = await charge(card)
  attempt += 1
  if (result.paid) return complete()
  button.disabled = false
  bridge.setFlags({ checkout_state: 'payment_failed' })
  bridge.track('payment_failed', { reason: result.reason, attempt, cart_value: total(), currency: CURRENCY })
  showProblem('Your bank declined this card. Nothing was charged: pick another card and try again.')
  button.focus()
}

async function complete(): Promise<void> {
  const order = placeOrder(find<HTMLInputElement>('#email').value, shippingCost())
  bridge.track('order_completed', {
    order_id: order.id,
    value: order.total,
    currency: CURRENCY,
    item_count: cartCount(),
  })
  bridge.setFlags({
    checkout_state: 'completed',
    cart_abandoner_4h: false,
    ...(customer && customerFlags(recordOrder(customer, order.total, new Date(order.at)))),
  })
  emptyCart()
  closeCheckout()
  await everythingSaid()
  location.assign('/confirmation.html')
}

function showSummary(): void {
  const shipping = shippingCost()
  show(
    find('#summary-lines'),
    html`${cartLines().map(
      ({ product, quantity }) =>
        html`<li><span>${quantity} × ${product.name}</span> <span>${money(product.price * quantity)}</span></li>`,
    )}
      <li><span>Shipping</span> <span>${shipping === 0 ? 'Free' : money(shipping)}</span></li>`,
  )
  find('#summary').hidden = false
  find('#total').textContent = money(total())
  find('#pay').textContent = `Pay ${money(total())}`
}

function showProblem(text: string): void {
  find('#payment-problem').textContent = text
}

function shippingCost(): Order['shipping'] {
  return new FormData(formOf('shipping')).get('method') === 'express' ? EXPRESS : 0
}

function total(): number {
  return cartValue() + shippingCost()
}

function formOf(step: CheckoutStep): HTMLFormElement {
  return find<HTMLFormElement>(`#${step}`)
}
