/** One visit to a shop, the same under every fault: what is said, and who has to have it in the end. */

export const ID = 'A'
/** For Customer.io only: FullStory gets no traits. */
export const TRAITS = { email: 'ada@example.com', first_name: 'Ada' }

/** What no vendor may ever see, by what it is. */
export const UNDECLARED: Record<string, string> = {
  'a flag that is not declared': 'leak-of-a-flag',
  'a value that the flag does not have': 'leak-of-a-value',
  'the number of a payment card': '4242424242424242',
}
const [FLAG, VALUE, CARD] = Object.values(UNDECLARED)

/** Events of A; the first three were said before the login. */
export const EVENTS_OF_A = ['e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7', 'e8']
/** Events of whoever is there after the logout. */
export const EVENTS_AFTER = ['e9', 'e10']
export const PAGE_VIEWS = ['home', 'account']
/** The last values that were set, all of them A's. */
export const FLAGS: Record<string, unknown> = {
  vip_tier: 'gold',
  purchase_count: 3,
  aov: 129.5,
  cart_flow_variant: 'b',
}

export type Part = keyof typeof PARTS

/** JavaScript text of each part: what the page's own code would call, with `bridge` in scope. */
const PARTS = {
  browse: `
    bridge.page({ name: 'home' })
    bridge.track('e1', { cart_value: 12.5 })
    bridge.track('e2', { note: '${CARD}' })
    bridge.track('e3')
    bridge.setFlags({ vip_tier: 'silver', unheard_of: '${FLAG}' })
    bridge.setFlags({ purchase_count: 2, cart_flow_variant: { of: '${VALUE}' } })`,
  logIn: `
    bridge.identify('${ID}', { traits: ${JSON.stringify(TRAITS)} })
    bridge.track('e4')
    bridge.track('e5')
    bridge.track('e6')
    bridge.setFlags({ aov: 129.5, vip_tier: 'gold' })
    bridge.setFlags({ cart_flow_variant: 'b', vip_tier: '${VALUE}' })`,
  goOn: `
    bridge.identify('${ID}', { traits: ${JSON.stringify(TRAITS)} })
    bridge.page({ name: 'account' })
    bridge.track('e7')
    bridge.track('e8')
    bridge.setFlags({ purchase_count: 3 })`,
  logOut: `
    bridge.logout()
    bridge.track('e9')
    bridge.track('e10')`,
}

/** Defines `window.say`, which plays a part, and counts in `window.thrown` what the bridge throws into the page. */
export const SESSION = `
  window.thrown = 0
  window.say = part => {
    for (const call of window.parts[part]) try { call(window.bridge) } catch { window.thrown++ }
  }
  window.parts = {${Object.entries(PARTS).map(([name, text]) => `${name}: [${calls(text)}]`)}}`

/** Each call is a function of its own, so that one that throws does not keep the page from the next. */
function calls(text: string): string {
  const lines = text.split('\n').filter(line => line.trim())
  return lines.map(line => `bridge => { ${line.trim()} }`).join(',')
}
