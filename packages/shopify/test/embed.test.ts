import { expect, it } from 'vitest'
import { ada, configure, renderEmbed, scriptsOf } from './shopify-liquid.ts'

it('is two elements: what the script tag reads, and the script, which holds up nothing', () => {
  const [data, script, ...more] = scriptsOf(renderEmbed({ customer: ada }))
  expect(data?.attributes).toEqual({ type: 'application/json', 'data-retention-bridge': '' })
  expect(script).toEqual({
    attributes: { src: '//cdn.shop.example/assets/retention-bridge.iife.js', async: '' },
    text: '',
  })
  expect(more).toEqual([])
})

it('has one more script where the pixel’s checkout is to be told', () => {
  const scripts = scriptsOf(renderEmbed({ settings: { tell_checkout: true } }))
  expect(scripts.map(({ attributes }) => attributes.src)).toEqual([
    undefined,
    '//cdn.shop.example/assets/retention-bridge.iife.js',
    '//cdn.shop.example/assets/retention-bridge-tell-checkout.js',
  ])
  expect(scripts[2]).toMatchObject({ attributes: { async: '' }, text: '' })
})

it('says who is logged in, with the minimum', () => {
  expect(configure({ customer: ada }).visitor).toEqual({
    id: '1042',
    traits: { email: 'Ada@example.com', first_name: 'Ada' },
    flags: { purchase_count: 3 },
  })
})

it('says of others that nobody is logged in, and nothing else', () => {
  expect(configure().visitor).toEqual({ id: null })
})

it('says nothing of nobody where logouts are not to be noticed, unless a customer has no ID', () => {
  const settings = { notice_logout: false, shared_id: 'metafield', id_metafield: 'custom.missing' }
  expect(configure({ settings })).not.toHaveProperty('visitor')
  expect(configure({ customer: ada, settings }).visitor).toEqual({ id: null })
})

it('leaves out the traits that are switched off or missing', () => {
  const settings = { send_email: false, send_first_name: false }
  expect(configure({ customer: ada, settings }).visitor.traits).toEqual({})
  const { traits } = configure({ customer: { ...ada, email: '', first_name: undefined } }).visitor
  expect(traits).toEqual({})
})

it('shares the ID of a metafield', () => {
  const settings = { shared_id: 'metafield', id_metafield: ' custom.person_id ' }
  expect(configure({ customer: ada, settings }).visitor.id).toBe('cust_1042')
})

it.each([
  ['is missing', 'custom.missing', {}],
  ['is empty', 'custom.person_id', { custom: { person_id: { value: ' ' } } }],
  ['is a list', 'custom.person_id', { custom: { person_id: { value: ['a'] } } }],
  ['is an object', 'custom.person_id', { custom: { person_id: { value: { id: 1 } } } }],
  ['is not named in full', 'person_id', { person_id: { person_id: { value: 'a' } } }],
  ['has too long a name', 'custom.person_id.value', { custom: { value: { value: 'a' } } }],
  ['is not named', '', {}],
])('identifies nobody by another ID when the metafield %s', (_, id_metafield, metafields) => {
  const settings = { shared_id: 'metafield', id_metafield }
  expect(configure({ customer: { ...ada, metafields }, settings }).visitor).toEqual({ id: null })
})

it('shares the e-mail address, and says that IDs are addresses', () => {
  const { visitor, identity } = configure({ customer: ada, settings: { shared_id: 'email' } })
  expect(visitor.id).toBe('ada@example.com')
  expect(identity).toMatchObject({ key: 'email' })
  expect(configure().identity).toMatchObject({ key: 'id' })
})

it('passes on all other settings', () => {
  expect(configure()).toMatchObject({
    consent: 'shopify',
    customerio: 'auto',
    fullstory: 'auto',
    identity: { key: 'id', guest: 'defer', follow: true },
    maxFlags: 15,
    timeout: 10_000,
    important: '^checkout_|^payment_failed$',
  })
  const settings = {
    customerio: 'off',
    fullstory: 'v1',
    guest: 'hash',
    follow: false,
    max_flags: 20,
    timeout: 5,
    important: '',
  }
  const changed = configure({ settings })
  expect(changed).toMatchObject({
    customerio: false,
    fullstory: { api: 'v1' },
    identity: { guest: 'hash', follow: false },
    maxFlags: 20,
    timeout: 5000,
  })
  expect(changed).not.toHaveProperty('important')
  expect(configure({ settings: { fullstory: 'off' } }).fullstory).toBe(false)
})

it.each(['shopify', 'shopify-else-granted', 'gpc', 'pending', 'granted'])(
  'takes consent from %s',
  consent => {
    expect(configure({ settings: { consent } }).consent).toBe(consent)
  },
)

it("takes consent from a banner's cookie", () => {
  const settings = { consent: 'cookie', consent_cookie: 'banner', consent_granted: 'all' }
  expect(configure({ settings }).consent).toEqual({ cookie: { name: 'banner', granted: 'all' } })
  const both = { ...settings, consent_denied: 'none' }
  expect(configure({ settings: both }).consent).toEqual({
    cookie: { name: 'banner', granted: 'all', denied: 'none' },
  })
})

it.each([{ consent_cookie: 'banner' }, { consent_granted: 'all' }])(
  'takes half a cookie for no consent: %j',
  half => {
    expect(configure({ settings: { consent: 'cookie', ...half } }).consent).toBe('denied')
  },
)

it.each(['', 'Granted', 'yes', true, undefined])('takes %j for no consent', consent => {
  expect(configure({ settings: { consent } }).consent).toBe('denied')
})

it.each(['design_mode', 'visual_preview_mode'])('sends nothing in the theme editor: %s', mode => {
  const html = renderEmbed({ customer: ada, request: { [mode]: true } })
  expect(html.trim()).toBe('')
})

it('shows in the theme editor which lines it does not understand', () => {
  const settings = {
    flags: '# ours\nvip_tier: enum gold\n\nVIP tier: bool\nbroken\nvip_tier: bool\nx: boolean\ny: bool: z',
    rules: [
      '# ours',
      'tag vip -> vip_tier = gold',
      'tag <b> -> unknown',
      'customer.email -> vip_tier',
      'vip -> vip_tier',
      'tag a -> vip_tier = b = c',
      'tag a -> b -> vip_tier',
      'tag',
    ].join('\n'),
  }
  const html = renderEmbed({ settings, request: { design_mode: true } })
  expect([...html.matchAll(/<li>(.+?)<\/li>/g)].map(([, line]) => line)).toEqual([
    'VIP tier: bool',
    'broken',
    'vip_tier: bool',
    'x: boolean',
    'y: bool: z',
    'tag &lt;b&gt; -&gt; unknown',
    'customer.email -&gt; vip_tier',
    'vip -&gt; vip_tier',
    'tag a -&gt; vip_tier = b = c',
    'tag a -&gt; b -&gt; vip_tier',
    'tag',
  ])
  expect(html).toContain('does not understand')
  expect(scriptsOf(html)).toEqual([])
  expect(renderEmbed({ settings })).not.toContain('<li>')
})
