import type { Plugin } from 'vite'

const HEADER = `
<a class="skip" href="#main">Skip to content</a>
<div class="header-row">
  <a class="brand" href="/">Kiln Street</a>
  <nav aria-label="Shop">
    <a class="nav-link" href="/">Shelf</a>
    <a class="nav-link" id="account-link" href="/account.html">Sign in</a>
    <a class="nav-link cart-link" id="cart-link" href="/cart.html">Cart <span id="cart-count">0</span></a>
  </nav>
</div>`

const FOOTER = `
<p>Kiln Street is a demo: no parcel leaves, no card is charged.</p>
<p><a href="/inspector.html" target="inspector">Inspector: what Customer.io and FullStory hold</a></p>`

/** Header and footer of every page of the shop, in the HTML itself, so that nothing moves when scripts run. */
export function pageFrame(): Plugin {
  return {
    name: 'storefront:page-frame',
    transformIndexHtml: (_html, { path }) =>
      path === '/inspector.html'
        ? []
        : [
            { tag: 'header', attrs: { class: 'header' }, children: HEADER, injectTo: 'body-prepend' },
            { tag: 'footer', attrs: { class: 'footer' }, children: FOOTER, injectTo: 'body' },
          ],
  }
}
