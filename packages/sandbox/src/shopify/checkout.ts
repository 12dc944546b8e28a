import { AlertDisplayedType, type PixelEvents, type StandardEventName } from '@shopify/web-pixels-extension'
import { exampleCheckout, exampleInit, privacyOf } from './example-checkout.ts'
import './page.ts'
import { createTimestamps, standardEvent } from './standard-event.ts'
import type { RealmStart } from './wire.ts'

/** What the checkout's page is served with. */
interface Served {
  start: Omit<RealmStart, 'init'>
  realmScript: string
}

/** The test card that every payment provider refuses. */
const REFUSED = /0002$/

const forms = [...document.querySelectorAll('form')]
const field = (name: string) => document.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value ?? ''
const nextTimestamp = createTimestamps()
let seq = 0

const publish = <Name extends StandardEventName>(name: Name, data: PixelEvents[Name]['data']) => {
  const event = standardEvent(name, data, {
    id: crypto.randomUUID(),
    timestamp: nextTimestamp(),
    seq: seq++,
  })
  window.shopifyPage.publish(event as never)
}

const checkout = () => exampleCheckout({ email: field('email') || null })

/** Shows one step, by its place; the last one is the thank-you page. */
const show = (step: number) => {
  for (const section of document.querySelectorAll<HTMLElement>('[data-step]'))
    section.hidden = section.dataset.step !== String(step)
}

const pay = () => {
  publish('payment_info_submitted', { checkout: checkout() })
  const alert = document.querySelector('[role=alert]') as HTMLElement
  if (!REFUSED.test(field('card'))) {
    const order = { id: String(Date.now()), customer: null }
    publish('checkout_completed', { checkout: exampleCheckout({ email: field('email'), order }) })
    return show(3)
  }
  alert.textContent = 'The card was declined.'
  publish('alert_displayed', {
    alert: {
      type: AlertDisplayedType.PaymentError,
      message: alert.textContent,
      target: 'cart',
      value: field('card'),
    },
  })
}

const steps = [
  () => publish('checkout_contact_info_submitted', { checkout: checkout() }),
  () => publish('checkout_shipping_info_submitted', { checkout: checkout() }),
]

const begin = async () => {
  const { start, realmScript } = (await (await fetch('/checkouts/pixel.json')).json()) as Served
  await window.shopifyPage.open({ ...start, init: exampleInit(privacyOf(true), null) }, realmScript)
  forms.forEach((form, index) => {
    form.addEventListener('submit', event => {
      event.preventDefault()
      if (!steps[index]) return pay()
      steps[index]()
      show(index + 1)
    })
  })
  publish('checkout_started', { checkout: checkout() })
  document.documentElement.dataset.ready = ''
}

begin()
