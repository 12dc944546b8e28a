import { bridge, everythingSaid, identifyCustomer } from '../bridge.ts'
import { emptyCart } from '../cart.ts'
import { closeCheckout } from '../checkout-progress.ts'
import {
  type Customer,
  DEMO_CUSTOMERS,
  emailTaken,
  register,
  signedIn,
  signIn,
  signOut,
} from '../customers.ts'
import { find, html, show } from '../html.ts'
import { money } from '../money.ts'
import { forgetOrder } from '../orders.ts'
import { startPage } from '../shop-page.ts'

startPage()

const customer = signedIn()
find('#signed-out').hidden = customer !== null
find('#signed-in').hidden = customer === null
if (customer) showAccount(customer)
else showSignIn()

function showAccount(customer: Customer): void {
  document.title = 'Your account – Kiln Street'
  find('#greeting').textContent = `Hello, ${customer.firstName}`
  const { vipTier, purchaseCount, aov, lastOrderDate } = customer
  const facts: [string, string][] = [
    ['Customer number', customer.id],
    ['Email', customer.email],
    ['Circle', vipTier === 'none' ? 'Not a member yet' : `${vipTier === 'gold' ? 'Gold' : 'Silver'} member`],
    ['Orders', String(purchaseCount)],
    ['Average order', purchaseCount === 0 ? '–' : money(aov)],
    ['Last order', lastOrderDate === null ? '–' : dateOf(lastOrderDate)],
  ]
  show(
    find('#facts'),
    html`${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}`,
  )
  find('#log-out').addEventListener('click', async () => {
    bridge.logout()
    // First the tools, then the shop: other windows look at once when the shop's sign-in changes.
    await everythingSaid()
    signOut()
    emptyCart()
    closeCheckout()
    forgetOrder()
    location.assign('/')
  })
}

function showSignIn(): void {
  const form = find<HTMLFormElement>('#sign-in')
  show(find('#demo-customers'), html`${DEMO_CUSTOMERS.map(demoMarkup)}`)
  find('#demo-customers').addEventListener('click', ({ target }) => {
    const button = target instanceof Element && target.closest<HTMLButtonElement>('button[data-email]')
    if (!button) return
    fieldOf(form, 'email').value = button.dataset.email ?? ''
    fieldOf(form, 'password').value = button.dataset.password ?? ''
    find('button[type=submit]', form).focus()
  })

  form.addEventListener('submit', event => {
    event.preventDefault()
    const customer = signIn(fieldOf(form, 'email').value, fieldOf(form, 'password').value)
    if (!customer) {
      find('#sign-in-problem').textContent = 'That email and password do not go together.'
      return
    }
    identifyCustomer(customer, 'login')
    goOn()
  })

  const registration = find<HTMLFormElement>('#register')
  registration.addEventListener('submit', event => {
    event.preventDefault()
    const text = (name: string) => fieldOf(registration, name).value
    if (emailTaken(text('email'))) {
      find('#register-problem').textContent = 'There is an account with this email. Sign in instead.'
      return
    }
    const customer = register({
      email: text('email'),
      password: text('password'),
      firstName: text('first-name'),
      lastName: text('last-name'),
    })
    identifyCustomer(customer, 'registration')
    goOn()
  })
}

function demoMarkup({ firstName, lastName, email, password, vipTier, purchaseCount }: Customer) {
  const orders = `${purchaseCount} ${purchaseCount === 1 ? 'order' : 'orders'}`
  return html`<li class="demo">
    <div>
      <strong>${firstName} ${lastName}</strong> <span class="tag ${vipTier}">${vipTier === 'none' ? 'no tier' : vipTier}</span>
      <p class="note">${orders} · ${email} · password <code>${password}</code></p>
    </div>
    <button class="button quiet small" type="button" data-email="${email}" data-password="${password}"
      aria-label="Fill in ${firstName}">Fill in</button>
  </li>`
}

function fieldOf(form: HTMLFormElement, name: string): HTMLInputElement {
  return find<HTMLInputElement>(`[name=${name}]`, form)
}

function dateOf(iso: string): string {
  return new Date(iso).toLocaleDateString('en-US', { dateStyle: 'long' })
}

/** Back to where the visitor came from; only to pages of this shop. */
async function goOn(): Promise<void> {
  const next = new URL(new URLSearchParams(location.search).get('next') ?? '/account.html', location.origin)
  await everythingSaid()
  location.assign(next.origin === location.origin ? next : '/')
}
