import { signedIn } from '../customers.ts'
import { find, html, show } from '../html.ts'
import { money } from '../money.ts'
import { latestOrder } from '../orders.ts'
import { startPage } from '../shop-page.ts'

startPage({ inCheckout: true })

const order = latestOrder()
show(
  find('#order'),
  order
    ? html`<p class="eyebrow">Order ${order.id}</p>
        <h1>Thank you${signedIn() ? html`, ${signedIn()?.firstName}` : ''}</h1>
        <p class="lead">The kiln is warm. We will write to <strong>${order.email}</strong> when your parcel leaves.</p>
        <ul class="receipt">
          ${order.lines.map(
            line =>
              html`<li><span>${line.quantity} × ${line.name}</span> <span>${money(line.sum)}</span></li>`,
          )}
          <li><span>Shipping</span> <span>${order.shipping === 0 ? 'Free' : money(order.shipping)}</span></li>
          <li class="total"><span>Paid</span> <strong>${money(order.total)}</strong></li>
        </ul>
        <a class="button" href="/">Back to the shelf</a>`
    : html`<h1>No order yet</h1><p><a href="/">See everything we make</a></p>`,
)
