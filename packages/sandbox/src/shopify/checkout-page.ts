import { browserScript } from '../browser-script.ts'

const script = browserScript(new URL('checkout.ts', import.meta.url))

/** Shopify's checkout, in one page. None of a theme's code is on it: pixels hear what happens here. */
export const checkoutPage = async (): Promise<string> => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Checkout</title><link rel="icon" href="data:,">
<style>
  body { max-width: 26rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif }
  form, section { display: grid; gap: .75rem } [hidden] { display: none }
  label { display: grid } input, button { font: inherit; padding: .5rem } [role=alert] { color: #b3261e; margin: 0 }
</style>
<main>
  <h1>Checkout</h1>
  <form data-step="0"><label>E-mail address <input name="email" type="email" required autocomplete="email"></label>
    <button>Continue to shipping</button></form>
  <form data-step="1" hidden><label>Address <input name="address" required autocomplete="street-address"></label>
    <button>Continue to payment</button></form>
  <form data-step="2" hidden><label>Card number <input name="card" required inputmode="numeric"
    placeholder="4242 4242 4242 4242; 4000 0000 0000 0002 is declined"></label>
    <p role="alert"></p><button>Pay now</button></form>
  <section data-step="3" hidden><p>Thank you for your order.</p></section>
  <p><a href="/">Back to the shop</a></p>
</main>
<script>${(await script()).replaceAll('</', '<\\/')}</script></html>`
