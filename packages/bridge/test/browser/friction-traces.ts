import type { Capability } from '@retention-bridge/sandbox'
import type { Page, Route } from 'playwright-core'
import type { FrictionKind } from '../../src/friction/index.ts'
import { click, clickEach, type FrictionChoice, hold, paced, tap } from './friction-stage.ts'

/** What somebody does on a page, and what it is; without a kind it is no friction. */
export interface Trace extends FrictionChoice {
  name: string
  kind?: FrictionKind
  target?: string
  act(page: Page): Promise<unknown>
  /** The page is left: what it said is read from FullStory's collector. */
  leaves?: true
  /** Leaves something in the page that cannot be taken back, such as a navigation under way, or takes its focus. */
  lasting?: true
  /** What not every engine has. */
  needs?: readonly Capability[]
}

const DEAD = '<button class="buy">Buy</button>'
const POINTER =
  '<div class="tile" style="cursor: pointer; width: 200px; padding: 40px">More about the hat</div>'
/** A form that its script sends, and answers with a text. */
const ANSWERS = `let sent = 0
  document.querySelector('form').onsubmit = event => {
    event.preventDefault()
    document.querySelector('output').value = 'No answer, attempt ' + ++sent
  }`
const LOGIN = `<form id="login"><input name="email" value="a@b.example"><input type="password" name="password" value="1">
  <button>Log in</button></form><output></output>`
const shadow = (inner: string, script = '') => `customElements.define('shop-card', class extends HTMLElement {
    connectedCallback() {
      const root = this.attachShadow({ mode: 'open' })
      root.innerHTML = ${JSON.stringify(inner)}
      ${script}
    }
  })
  document.body.append(document.createElement('shop-card'))`
const CONTACT = `<form id="contact"><input name="first" aria-label="First"><input name="last" aria-label="Last">
  <button type="button">Go on</button></form>`
const fill = async (page: Page) => {
  await page.locator('[name=first]').pressSequentially('Ada')
  await page.locator('[name=last]').pressSequentially('Lovelace')
}
const fillAndClose = async (page: Page) => {
  await fill(page)
  await page.close({ runBeforeUnload: true })
}
const steps = (page: Page, names: string[]) =>
  page.evaluate(all => {
    for (const step of all) window.bridge.track('checkout_step', { step })
  }, names)
const routes = (page: Page, names: string[]) =>
  page.evaluate(all => {
    for (const step of all) history.pushState(null, '', `/checkout/${step}`)
  }, names)
/** No other page, in the end, so that this one can still be asked. */
const answerLate = (route: Route) => setTimeout(() => route.fulfill({ status: 204 }).catch(() => {}), 3500)
const PAYMENT = '/checkout/payment'
/** Says nothing to anybody who looks at the document: only the value of a field changes. */
const STEPPER = '<input class="count" value="1" size="3"><button class="more">+</button>'
const COUNTS = "document.querySelector('.more').onclick = () => { document.querySelector('.count').value++ }"
const on = (selector: string, act: string) =>
  `document.querySelector('${selector}').onclick = event => { ${act} }`
const TEXT = '<p style="width: 300px">A hat of felt, made in Vienna since 1848.</p>'

const rage: Trace[] = [
  { name: 'a button that does nothing, three times', body: DEAD, act: page => click(page, '.buy', 3) },
  { name: 'a box with a hand over it, five times', body: POINTER, act: page => click(page, '.tile', 5) },
  { name: 'the same with a finger', needs: ['touch'], body: DEAD, act: page => tap(page, '.buy', 3) },
  {
    name: 'on another part of a button each time',
    body: '<button class="buy"><b>Buy </b><i>now</i></button>',
    act: page => clickEach(page, ['b', 'i', 'b', 'b']),
  },
  {
    name: 'in a shadow tree',
    lasting: true,
    script: shadow(DEAD),
    target: 'shop-card > button.buy',
    act: page => click(page, '.buy', 3),
  },
  {
    name: 'a link to nowhere',
    body: '<a href="#" class="sizes">Sizes</a>',
    act: page => click(page, 'a', 4),
  },
  {
    name: 'a link whose router has crashed',
    body: '<a href="/cart" class="cart">Cart</a>',
    script: on('a', 'event.preventDefault()'),
    act: page => click(page, 'a', 3),
  },
  {
    name: 'a button that only measures',
    body: DEAD,
    script: on('.buy', "document.head.append(document.createElement('script'))"),
    act: page => click(page, '.buy', 3),
  },
  {
    name: 'beside a countdown that is to be ignored',
    body: `${DEAD}<p data-rb-ignore>9</p>`,
    lasting: true,
    script: "setInterval(() => { document.querySelector('p').textContent-- }, 50)",
    act: page => click(page, '.buy', 3),
  },
  {
    name: 'a server that takes its time, and nothing that says so',
    body: DEAD,
    script: on(
      '.buy',
      "setTimeout(() => { document.title = 'Cart'; document.body.append('In the cart') }, 2600)",
    ),
    act: page => click(page, '.buy', 4),
  },
  { name: 'with a hand that trembles', body: POINTER, act: page => click(page, '.tile', 4, 7) },
  { name: 'all over a box', body: POINTER, act: page => click(page, '.tile', 3, 40) },
  {
    name: 'after two slow clicks',
    body: DEAD,
    act: async page => {
      await paced(page, 2, 800, () => click(page, '.buy'))
      await page.waitForTimeout(600)
      await click(page, '.buy', 3)
    },
  },
]

const dead: Trace[] = [
  {
    name: 'a button that does nothing',
    body: DEAD,
    target: 'button.buy',
    act: page => click(page, '.buy'),
  },
  {
    name: 'the same by key',
    body: DEAD,
    act: async page => {
      await page.focus('.buy')
      await page.keyboard.press('Enter')
    },
  },
  {
    name: 'by key, long after a click on something else',
    body: `${DEAD}<p>Felt</p>`,
    act: async page => {
      await click(page, 'p')
      await page.waitForTimeout(800)
      await page.focus('.buy')
      await page.keyboard.press('Space')
    },
  },
  { name: 'the same with a finger', needs: ['touch'], body: DEAD, act: page => tap(page, '.buy') },
  { name: 'a box with a hand over it', body: POINTER, act: page => click(page, '.tile') },
  {
    name: 'beside fields that somebody has written into',
    body: `<input><textarea></textarea>${DEAD}`,
    act: async page => {
      await page.locator('input').pressSequentially('Ada')
      await page.locator('textarea').pressSequentially('Hi')
      await click(page, '.buy')
    },
  },
  { name: 'a link to nowhere', body: '<a href="#">Sizes</a>', act: page => click(page, 'a') },
  {
    name: 'a link that is a script',
    body: '<a href="javascript:void 0">Sizes</a>',
    act: page => click(page, 'a'),
  },
  {
    name: 'a text that says it is a button',
    body: '<span role="button">Sizes</span>',
    act: page => click(page, 'span'),
  },
  {
    name: 'an input that is a button',
    body: '<input type="button" value="Sizes">',
    act: page => click(page, 'input'),
  },
  { name: 'in a shadow tree', script: shadow(DEAD), act: page => click(page, '.buy') },
  {
    name: 'in a shadow tree of a shadow tree',
    lasting: true,
    script: shadow(
      '<div></div>',
      "root.firstChild.attachShadow({ mode: 'open' }).innerHTML = '<button class=buy>Buy</button>'",
    ),
    act: page => click(page, '.buy'),
  },
  {
    name: 'a form whose script keeps it and fails',
    body: '<form><button>Send</button></form>',
    script: "document.querySelector('form').onsubmit = event => event.preventDefault()",
    act: page => click(page, 'button'),
  },
  {
    name: 'a handler that fails, outside of the checkout',
    body: DEAD,
    script: on('.buy', "throw new Error('no cart')"),
    act: page => click(page, '.buy'),
  },
  {
    name: 'a button that only measures',
    body: DEAD,
    script: on('.buy', "document.body.append(document.createElement('script'))"),
    act: page => click(page, '.buy'),
  },
  { name: 'again after a while', body: DEAD, act: page => paced(page, 2, 1200, () => click(page, '.buy')) },
]

const submits: Trace[] = [
  {
    name: 'the same login, three times',
    body: LOGIN,
    script: ANSWERS,
    target: 'form#login',
    act: page => paced(page, 3, 300, () => click(page, 'button')),
  },
  {
    name: 'by key',
    body: LOGIN,
    script: ANSWERS,
    act: async page => {
      await page.focus('[name=email]')
      await paced(page, 3, 250, () => page.keyboard.press('Enter'))
    },
  },
  {
    name: 'quickly',
    body: LOGIN,
    script: ANSWERS,
    act: page => paced(page, 4, 130, () => click(page, 'button')),
  },
  {
    name: 'in a shadow tree',
    lasting: true,
    script: shadow(LOGIN, ANSWERS.replaceAll('document', 'root')),
    target: 'form#login',
    act: page => paced(page, 3, 300, () => click(page, 'button')),
  },
]

const REQUIRED = '<form novalidate><input name="phone" value="12"><button>Next</button></form>'
const MARKS = `document.querySelector('form').onsubmit = event => event.preventDefault()
  const mark = () => setTimeout(() => document.querySelector('input').setAttribute('aria-invalid', 'true'), 50)`
const validation: Trace[] = [
  {
    name: 'an empty field, by the browser',
    body: '<form id="address"><input name="zip" required><button>Next</button></form>',
    target: 'form#address > input[name=zip]',
    act: page => paced(page, 3, 1050, () => click(page, 'button')),
  },
  {
    name: 'the same by key',
    body: '<form><input name="first" value="Ada"><input type="email" name="email" value="ada"><button>Next</button></form>',
    target: 'form > input[name=email]',
    act: async page => {
      await page.focus('[name=first]')
      await paced(page, 3, 1050, async () => {
        await page.focus('[name=first]')
        await page.keyboard.press('Enter')
      })
    },
  },
  {
    name: 'by the page, when it is sent',
    body: REQUIRED.replace('value="12"', 'value=""'),
    script: `${MARKS}; document.querySelector('button').onclick = mark`,
    act: page => paced(page, 3, 1050, () => click(page, 'button')),
  },
  {
    name: 'by the page, when the field is left',
    body: REQUIRED,
    script: `${MARKS}; document.querySelector('input').onchange = mark`,
    target: 'form > input[name=phone]',
    act: page =>
      paced(page, 3, 1050, async () => {
        await page.locator('input').pressSequentially('3')
        await page.locator('input').blur()
      }),
  },
]

validation.push({
  name: 'in a shadow tree',
  lasting: true,
  script: shadow(
    REQUIRED.replace('value="12"', 'value=""'),
    `${MARKS.replaceAll('document', 'root')}; root.querySelector('button').onclick = mark`,
  ),
  target: 'form > input[name=phone]',
  act: page => paced(page, 3, 1050, () => click(page, 'button')),
})

const loops: Trace[] = [
  {
    name: 'as the page names its steps',
    path: '/checkout',
    target: 'payment',
    act: page => steps(page, ['shipping', 'payment', 'shipping', 'payment', 'shipping']),
  },
  {
    name: 'as the address says',
    needs: ['navigation-api'],
    path: '/checkout/shipping',
    target: 'payment',
    act: page => routes(page, ['payment', 'shipping', 'payment', 'shipping']),
  },
  {
    name: 'with the browser’s own buttons',
    needs: ['navigation-api'],
    path: '/checkout/shipping',
    act: async page => {
      await routes(page, ['payment'])
      for (const by of [-1, 1, -1])
        await page.evaluate(
          delta =>
            new Promise(resolve => {
              addEventListener('popstate', resolve, { once: true })
              history.go(delta)
            }),
          by,
        )
    },
  },
  {
    name: 'as a parameter says',
    needs: ['navigation-api'],
    path: '/checkout?step=shipping',
    act: page =>
      page.evaluate(() => {
        for (const step of ['payment', 'shipping', 'payment', 'shipping'])
          history.pushState(null, '', `?step=${step}`)
      }),
  },
]

const payments: Trace[] = [
  {
    name: 'refused twice',
    path: PAYMENT,
    target: 'card_declined',
    act: page =>
      page.evaluate(() => {
        for (const code of ['expired_card', 'card_declined']) window.bridge.track('payment_failed', { code })
      }),
  },
  {
    name: 'refused again after another step',
    path: PAYMENT,
    act: async page => {
      await page.evaluate(() => window.bridge.track('payment_failed', { code: 'expired_card' }))
      await routes(page, ['shipping', 'payment'])
      await page.evaluate(() => window.bridge.track('payment_failed', { code: 'expired_card' }))
    },
  },
]

const scripts: Trace[] = [
  {
    name: 'a handler in the page',
    // What a test evaluates has no address.
    lasting: true,
    path: PAYMENT,
    body: '<p>Pay</p>',
    script: on('p', "throw new Error('ada@example.com')"),
    target: 'inline',
    act: page => click(page, 'p'),
  },
  {
    name: 'a promise',
    // What a test evaluates has no address.
    lasting: true,
    path: PAYMENT,
    body: '<p>Pay</p>',
    script: on('p', "Promise.reject(new Error('no'))"),
    target: 'inline',
    act: page => click(page, 'p'),
  },
  {
    name: 'a file',
    path: PAYMENT,
    target: '/assets/pay.3f9a1b7c.js',
    act: async page => {
      await page.route('**/assets/**', route =>
        route.fulfill({ contentType: 'text/javascript', body: 'setTimeout(() => { null.pay() })' }),
      )
      await page.addScriptTag({ url: '/assets/pay.3f9a1b7c.js?customer=1042' })
    },
  },
]

const requests: Trace[] = [
  {
    name: 'fetch',
    needs: ['response-status'],
    path: PAYMENT,
    target: '/api/carts/*/items',
    act: page => page.evaluate(() => fetch('/api/carts/83f7a2c1/items?email=ada@example.com').then(() => {})),
  },
  {
    name: 'XMLHttpRequest',
    needs: ['response-status'],
    path: PAYMENT,
    target: '/api/pay',
    act: page =>
      page.evaluate(() => {
        const request = new XMLHttpRequest()
        request.open('POST', '/api/pay')
        request.send()
      }),
  },
  {
    name: 'a script that is missing',
    path: PAYMENT,
    target: '/assets/app.js',
    act: page => page.addScriptTag({ url: '/assets/app.js' }).catch(() => {}),
  },
  {
    name: 'a style sheet that is missing',
    path: PAYMENT,
    act: page =>
      page.evaluate(() => {
        document.head.append(
          Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/assets/app' }),
        )
      }),
  },
]

const forms: Trace[] = [
  {
    name: 'the tab is closed',
    needs: ['navigation-api'],
    path: '/checkout/contact',
    body: CONTACT,
    leaves: true,
    act: fillAndClose,
  },
  {
    name: 'a link out of the checkout',
    needs: ['navigation-api'],
    path: '/checkout/contact',
    body: `${CONTACT}<a href="/">Shop</a>`,
    leaves: true,
    act: async page => {
      await fill(page)
      await click(page, 'a')
      await page.waitForURL('**/')
    },
  },
  {
    name: 'another address is typed',
    needs: ['navigation-api'],
    path: '/checkout/contact',
    body: CONTACT,
    leaves: true,
    act: async page => {
      await fill(page)
      await page.goto('about:blank')
    },
  },
  {
    name: 'a route out of the checkout',
    needs: ['navigation-api'],
    path: '/checkout/contact',
    body: `${CONTACT}<a href="/cart">Cart</a>`,
    script: on('a', "event.preventDefault(); history.pushState(null, '', '/cart')"),
    target: 'form#contact',
    act: async page => {
      await fill(page)
      await click(page, 'a')
    },
  },
]

/** What is no friction. */
const harmless: Trace[] = [
  {
    name: 'a stepper that writes into a field',
    body: STEPPER,
    script: COUNTS,
    act: page => click(page, '.more', 5),
  },
  {
    name: 'the same with a finger',
    needs: ['touch'],
    body: STEPPER,
    script: COUNTS,
    act: page => tap(page, '.more', 5),
  },
  {
    name: 'a stepper that writes a text',
    body: `<b>1</b><button class="more">+</button>`,
    script: on('.more', "document.querySelector('b').textContent++"),
    act: page => click(page, '.more', 6),
  },
  {
    name: 'a double click on a stepper',
    body: STEPPER,
    script: COUNTS,
    act: page => page.dblclick('.more'),
  },
  {
    name: 'a stepper in a shadow tree',
    lasting: true,
    script: shadow(STEPPER, COUNTS.replaceAll('document', 'root')),
    act: page => click(page, '.more', 4),
  },
  {
    name: 'a drawer in another shadow tree',
    body: '<button class="open">Cart</button>',
    lasting: true,
    script: `${shadow('<p>Empty</p>')}; ${on('.open', "document.querySelector('shop-card').shadowRoot.querySelector('p').className += 'x'")}`,
    act: page => click(page, '.open', 3),
  },
  {
    name: 'a carousel that scrolls',
    body: '<div style="width: 100px; overflow: auto"><div style="width: 2000px">Hats</div></div><button>Next</button>',
    script: on('button', "document.querySelector('div').scrollBy(100, 0)"),
    act: page => click(page, 'button', 4),
  },
  {
    name: 'a carousel that moves',
    body: '<div>Hats</div><button>Next</button>',
    script: on('button', "document.querySelector('div').style.marginLeft = event.timeStamp + 'px'"),
    act: page => click(page, 'button', 4),
  },
  {
    name: 'a paragraph selected by a triple click',
    body: TEXT,
    act: page => page.click('p', { clickCount: 3 }),
  },
  { name: 'a word selected by a double click', body: TEXT, act: page => page.dblclick('p') },
  {
    name: 'the empty page, four times',
    body: TEXT,
    act: page => page.mouse.click(400, 400, { clickCount: 4 }),
  },
  {
    name: 'a picture, four times',
    body: '<img width="100" height="100" alt="A hat">',
    act: page => click(page, 'img', 4),
  },
  {
    name: 'a link that leads on',
    body: '<a href="/cart">Cart</a>',
    leaves: true,
    act: async page => {
      await click(page, 'a')
      await page.waitForURL('**/cart')
    },
  },
  {
    name: 'a link that leads on slowly, three times',
    lasting: true,
    needs: ['late-navigation'],
    body: '<a href="/slow">Cart</a>',
    act: async page => {
      await page.route('**/slow', answerLate)
      await click(page, 'a', 3)
    },
  },
  {
    name: 'a button that leads on slowly',
    lasting: true,
    needs: ['late-navigation', 'navigation-api'],
    body: DEAD,
    script: on('.buy', "location.assign('/slow')"),
    act: async page => {
      await page.route('**/slow', answerLate)
      await click(page, '.buy')
    },
  },
  {
    name: 'a link into another tab',
    lasting: true,
    body: '<a href="/help" target="_blank">Help</a>',
    act: page => click(page, 'a'),
  },
  {
    name: 'a download',
    lasting: true,
    body: '<a href="data:,a" download="a.txt">Invoice</a>',
    act: page => click(page, 'a', 3),
  },
  {
    name: 'a download by script',
    lasting: true,
    body: DEAD,
    script: on(
      '.buy',
      "Object.assign(document.createElement('a'), { href: 'data:,a', download: 'a' }).click()",
    ),
    act: page => click(page, '.buy'),
  },
  {
    name: 'a link to write',
    lasting: true,
    body: '<a href="mailto:help@shop.example">Write</a>',
    act: page => click(page, 'a', 3),
  },
  {
    name: 'a link to call',
    lasting: true,
    body: '<a href="tel:+431234">Call</a>',
    act: page => click(page, 'a', 3),
  },
  {
    name: 'a link to the page that is shown',
    body: '<a href="/products/hat">Hat</a>',
    script: on('a', 'event.preventDefault()'),
    act: page => click(page, 'a', 3),
  },
  {
    name: 'a link into the page',
    body: '<a href="#care">Care</a><div style="height: 2000px"></div><p id="care">Brush it.</p>',
    act: page => click(page, 'a'),
  },
  {
    name: 'a summary',
    body: '<details><summary>Care</summary>Brush it.</details>',
    act: page => click(page, 'summary', 4),
  },
  {
    name: 'a label of a checkbox',
    body: '<label><input type="checkbox">Gift</label>',
    act: page => click(page, 'label', 4),
  },
  {
    name: 'a radio button that is chosen',
    body: '<label><input type="radio" name="size" checked>M</label>',
    act: page => click(page, 'input', 4),
  },
  {
    name: 'a list to choose from',
    body: '<select><option>S<option>M</select>',
    act: page => click(page, 'select', 3),
  },
  { name: 'a field to write in', body: '<input value="Ada">', act: page => click(page, 'input', 4) },
  {
    name: 'a text to edit',
    body: '<div contenteditable style="cursor: pointer">Engrave</div>',
    act: page => click(page, 'div', 4),
  },
  { name: 'a file to choose', body: '<input type="file">', act: page => click(page, 'input') },
  {
    name: 'a button for a file to choose',
    body: `${DEAD}<input type="file" hidden>`,
    script: on('.buy', "document.querySelector('input').click()"),
    act: page => click(page, '.buy'),
  },
  {
    name: 'the controls of a film',
    body: '<video controls width="300" height="150"></video>',
    act: page => click(page, 'video', 4),
  },
  {
    name: 'a button for the sound of a film',
    body: `<video></video>${DEAD}`,
    script: on('.buy', "const film = document.querySelector('video'); film.muted = !film.muted"),
    act: page => click(page, '.buy', 4),
  },
  {
    name: 'a canvas',
    body: '<canvas style="cursor: pointer"></canvas>',
    act: page => click(page, 'canvas', 5),
  },
  {
    name: 'a button that is disabled',
    body: '<button disabled>Buy</button>',
    act: page => click(page, 'button', 4),
  },
  {
    name: 'a button that says it is disabled',
    body: '<button aria-disabled="true">Buy</button>',
    act: page => click(page, 'button', 4),
  },
  {
    name: 'the tab that is chosen',
    body: '<button role="tab" aria-selected="true">Care</button>',
    act: page => click(page, 'button', 3),
  },
  {
    name: 'the color that is chosen',
    body: '<button class="swatch is-selected">Red</button>',
    act: page => click(page, 'button', 3),
  },
  {
    name: 'an answer that takes 2.4 s',
    body: DEAD,
    script: on('.buy', "setTimeout(() => document.body.append('In the cart'), 2400)"),
    act: page => click(page, '.buy'),
  },
  {
    name: 'a slow device, and somebody who clicks three times meanwhile',
    body: DEAD,
    script: on(
      '.buy',
      "for (const end = performance.now() + 700; performance.now() < end; ); document.body.append('In the cart')",
    ),
    act: page => click(page, '.buy', 3),
  },
  { name: 'a long press', body: DEAD, act: page => hold(page, '.buy', 800) },
  { name: 'a drag', body: POINTER, act: page => hold(page, '.tile', 0, 60) },
  {
    name: 'keys on a button that works',
    body: STEPPER,
    script: COUNTS,
    act: async page => {
      await page.focus('.more')
      for (const key of ['Enter', 'Space', 'Enter', 'Space']) await page.keyboard.press(key)
    },
  },
  {
    name: 'a key that is held down in a form',
    body: LOGIN,
    script: ANSWERS,
    act: async page => {
      await page.focus('[name=email]')
      // The browser repeats it.
      for (let time = 0; time < 8; time++) await page.keyboard.down('Enter')
      await page.keyboard.up('Enter')
    },
  },
  {
    name: 'what is to be ignored',
    body: `<p data-rb-ignore>${DEAD}</p>`,
    act: page => click(page, '.buy', 5),
  },
  {
    name: 'a popover',
    body: '<button popovertarget="sizes">Sizes</button><div id="sizes" popover>S M L</div>',
    act: page => click(page, 'button'),
  },
  {
    name: 'a dialog',
    body: '<button>Sizes</button><dialog>S M L</dialog>',
    script: on('button', "document.querySelector('dialog').showModal()"),
    act: page => click(page, 'button'),
  },
  {
    name: 'a question of the browser',
    needs: ['dialogs'],
    body: DEAD,
    script: on('.buy', "confirm('Really?')"),
    act: async page => {
      page.on('dialog', dialog => setTimeout(() => dialog.accept(), 700))
      await click(page, '.buy')
    },
  },
  {
    name: 'a button that copies',
    body: `${DEAD}<input value="SAVE10">`,
    script: on('.buy', "document.querySelector('input').select(); document.execCommand('copy')"),
    act: page => click(page, '.buy', 3),
  },
  {
    name: 'a button that leads to a field',
    body: `${DEAD}<input>`,
    script: on('.buy', "document.querySelector('input').focus()"),
    act: page => click(page, '.buy'),
  },
  {
    name: 'a keypad',
    body: '<div><button>1</button><button>2</button></div><output></output>',
    script:
      "document.querySelector('div').onclick = ({ target }) => { document.querySelector('output').textContent += target.textContent }",
    act: async page => {
      await click(page, 'button', 4)
      await click(page, 'button + button', 4)
    },
  },
  {
    name: 'a form that leads on',
    lasting: true,
    body: '<form action="/search" target="_blank"><input name="q"><button>Search</button></form>',
    act: page => click(page, 'button'),
  },
  {
    name: 'one more in the cart, four times',
    body: '<form><input type="number" value="1"><select><option>M</select><button>Add</button></form><output></output>',
    script: ANSWERS,
    act: page => paced(page, 4, 150, () => click(page, 'button')),
  },
  {
    name: 'one more with a text on it, four times',
    body: `<form><input name="engraving" value="Ada"><input type="hidden" name="count" value="1">
      <button type="button">+</button><button id="add">Add</button></form><output></output>`,
    script: `${ANSWERS}; ${on('[type=button]', "document.querySelector('[name=count]').value++; document.querySelector('output').value += '+'")}`,
    act: page =>
      paced(page, 4, 150, async () => {
        await click(page, '[type=button]')
        await click(page, '#add')
      }),
  },
  {
    name: 'four messages',
    body: '<form><input name="text"><button>Send</button></form><output></output>',
    script: ANSWERS,
    act: async page => {
      for (const text of ['Hi', 'Is it wool?', 'Or felt?', 'Thanks']) {
        // As somebody writes; what drivers fill in is not always trusted.
        await page.locator('input').fill('')
        await page.locator('input').pressSequentially(text)
        await page.keyboard.press('Enter')
      }
    },
  },
  {
    name: 'sent twice by a double click',
    body: LOGIN,
    script: ANSWERS,
    act: page => page.dblclick('button', { delay: 60 }),
  },
  {
    name: 'two errors, then none',
    body: '<form><input name="zip" required><button type="submit">Next</button></form><output></output>',
    script: ANSWERS,
    act: async page => {
      await paced(page, 2, 1050, () => click(page, 'button'))
      await page.fill('input', '1010')
      await click(page, 'button')
    },
  },
  {
    name: 'a field that is checked at each key',
    body: '<form><input type="email" name="email"><button>Next</button></form>',
    script: "document.querySelector('input').oninput = ({ target }) => target.checkValidity()",
    act: page => page.locator('input').pressSequentially('ada@example', { delay: 220 }),
  },
  {
    name: 'back once, to correct the address',
    path: '/checkout',
    act: page => steps(page, ['contact', 'shipping', 'payment', 'shipping', 'payment', 'review']),
  },
  {
    name: 'the same steps for another order',
    path: '/checkout',
    act: async page => {
      for (let order = 0; order < 3; order++) {
        await steps(page, ['shipping', 'payment'])
        await page.evaluate(() => window.bridge.track('order_completed'))
      }
    },
  },
  {
    name: 'refused once for each of two orders',
    path: PAYMENT,
    act: page =>
      page.evaluate(() => {
        for (const name of ['payment_failed', 'order_completed', 'payment_failed']) window.bridge.track(name)
      }),
  },
  {
    name: 'a script that fails outside of the checkout',
    act: page => page.evaluate(() => setTimeout(() => Promise.reject(new Error('no')))),
  },
  {
    name: 'a notice of the browser, and a request that was given up',
    path: PAYMENT,
    body: '<div>Pay</div>',
    act: page =>
      page.evaluate(() => {
        const pay = document.querySelector('div') as HTMLElement
        const observer = new ResizeObserver(() => {
          pay.style.height = `${pay.offsetHeight + 1}px`
          if (pay.offsetHeight > 30) observer.disconnect()
        })
        observer.observe(pay)
        const controller = new AbortController()
        fetch('/api/slow', { signal: controller.signal })
        controller.abort()
      }),
  },
  {
    name: 'a request that fails outside of the checkout',
    act: page => page.evaluate(() => fetch('/api/missing').then(() => {})),
  },
  {
    name: 'an ad blocker in the checkout',
    needs: ['intercept-https'],
    path: PAYMENT,
    act: async page => {
      await page.route('https://ads.example/**', route => route.abort())
      await page.addScriptTag({ url: 'https://ads.example/tag.js' }).catch(() => {})
      await page.evaluate(() => fetch('https://ads.example/collect').catch(() => {}))
    },
  },
  {
    name: 'a script of somebody else that fails in the checkout',
    needs: ['intercept-https'],
    path: PAYMENT,
    act: async page => {
      await page.route('https://ads.example/**', route =>
        route.fulfill({ contentType: 'text/javascript', body: 'setTimeout(() => { null.track() })' }),
      )
      const failed = page.waitForEvent('pageerror')
      await page.addScriptTag({ url: 'https://ads.example/tag.js' })
      await failed
    },
  },
  {
    name: 'a form that was sent',
    path: '/checkout/contact',
    body: CONTACT.replace('type="button"', 'formaction="/thanks"'),
    leaves: true,
    act: async page => {
      await fill(page)
      await click(page, 'button')
      await page.waitForURL('**/thanks*')
    },
  },
  {
    name: 'a form that a button has sent',
    needs: ['navigation-api'],
    path: '/checkout/contact',
    body: CONTACT,
    script: on('button', "history.pushState(null, '', '/thanks')"),
    act: async page => {
      await fill(page)
      await click(page, 'button')
    },
  },
  {
    name: 'a form with one field filled',
    path: '/checkout/contact',
    body: CONTACT,
    leaves: true,
    act: async page => {
      await page.locator('[name=first]').pressSequentially('Ada')
      await page.close({ runBeforeUnload: true })
    },
  },
  {
    name: 'a form that is filled outside of the checkout',
    path: '/account',
    body: CONTACT,
    leaves: true,
    act: fillAndClose,
  },
  {
    name: 'anything without consent',
    config: "consent: 'pending',",
    path: PAYMENT,
    body: `${DEAD}${CONTACT}`,
    act: async page => {
      await click(page, '.buy', 4)
      await fill(page)
      await page.evaluate(() => window.bridge.setConsent('granted'))
    },
  },
]

const of = (kind: FrictionKind, traces: Trace[]) => traces.map(trace => ({ ...trace, kind }))

export const traces: Trace[] = [
  ...of('rage_click', rage),
  ...of('dead_click', dead),
  ...of('repeated_submit', submits),
  ...of('validation_error', validation),
  ...of('step_loop', loops),
  ...of('payment_failed_again', payments),
  ...of('script_error', scripts),
  ...of('request_failed', requests),
  ...of('form_abandoned', forms),
  ...harmless,
]
