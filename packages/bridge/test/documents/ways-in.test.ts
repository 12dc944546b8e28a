import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { bundleModule } from './bundle.ts'
import { blocksOf } from './markdown.ts'
import { type Module, modules } from './modules.ts'
import { openShop, type Shop, type Visit } from './shop.ts'

/** What a page of the documents promises, and not only that its code runs. */
let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const all = modules()

/** The block of a document that has a text in it. */
const moduleWith = (document: string, text: string): Module => {
  const module = all.find(({ block }) => block.document === document && block.code.includes(text))
  if (!module) throw new Error(`${document} has no code with ${text}`)
  return module
}

/** Both tools come to know somebody by the same id, FullStory with these flags. */
const expectPerson = ({ workspace }: Visit, id: string, flags: object) =>
  vi.waitFor(
    () => {
      const { fullstory, customerio } = workspace
      expect(customerio.view().people.map(person => person.id)).toContain(id)
      const user = fullstory.view().users.find(({ uid }) => uid === id)
      const properties = Object.entries(user?.properties ?? {})
      const values = Object.fromEntries(properties.map(([name, { value }]) => [name, value]))
      expect(values).toMatchObject(flags)
    },
    { timeout: 20_000 },
  )

describe('get started', () => {
  it('with a bundler', async () => {
    const module = moduleWith('docs/get-started.md', 'bridge.identify(')
    const visit = await shop.open(`<script type="module">${await bundleModule(module, all)}</script>`)
    await expectPerson(visit, 'cust_1042', { vip_tier: 'gold' })
    await visit.end()
  })

  it('by script tag', async () => {
    const tag = blocksOf('docs/get-started.md').find(({ code }) => code.includes('data-retention-bridge'))
    const visit = await shop.open(tag?.code ?? '')
    await expectPerson(visit, 'cust_1042', { vip_tier: 'gold' })
    await visit.end()
  })
})

describe.each([
  [
    'docs/recipes/nextjs.md',
    'export function Retention',
    '<Retention customer={{ id: "cust_1042", email: "ada@example.com", tier: "gold" }} />',
  ],
  ['docs/recipes/hydrogen.md', 'export function Retention', '<Retention customerId="cust_1042" />'],
  ['docs/recipes/spa-routers.md', 'export function PageViews', '<PageViews />'],
])('%s', (document, text, element) => {
  it('tells of each change of page once, also where React does everything twice', async () => {
    const component = moduleWith(document, text)
    const [name] = /(?<=export function )\w+/.exec(component.block.code) ?? []
    const inRouter = component.block.code.includes("'react-router'")
    const page: Module = {
      ...component,
      id: 'page',
      block: { ...component.block, language: 'tsx' },
      source: specifier => `
        import { ${name} } from '${specifier(component.id)}'
        import { StrictMode } from 'react'
        import { createRoot } from 'react-dom/client'
        import { BrowserRouter, useNavigate } from 'react-router'
        import { usePathname } from 'next/navigation'
        const Shop = () => {
          ${inRouter ? 'window.go = useNavigate()' : 'usePathname()'}
          return ${element}
        }
        const App = () => ${inRouter ? '<BrowserRouter><Shop /></BrowserRouter>' : '<Shop />'}
        createRoot(document.querySelector('#root')).render(<StrictMode><App /></StrictMode>)`,
    }
    const script = await bundleModule(page, [...all, page], { 'next/navigation': NEXT })
    const visit = await shop.open(
      `<script type="module">${script.replaceAll('</script', '<\\/script')}</script>`,
    )
    await visit.page.waitForFunction('window.go')
    const pages = () => visit.workspace.customerio.view().calls.filter(({ type }) => type === 'page')
    // Hydrogen's waits for Shopify's answer.
    await visit.page.evaluate(`retention_bridge?.setConsent('granted')`).catch(() => {})
    if (element.includes('cust_1042')) await expectPerson(visit, 'cust_1042', {})
    await visit.page.evaluate(`void go('/products/teapot')`)
    await vi.waitFor(() => expect(pages()).toHaveLength(1), { timeout: 20_000 })
    await visit.page.evaluate(`void go('/products/teapot')`)
    await visit.page.evaluate(`void go('/account')`)
    await vi.waitFor(() => expect(pages()).toHaveLength(2), { timeout: 20_000 })
    expect(await visit.complaints()).toEqual([])
    await visit.end()
  })
})

/** What Next.js's router does in a browser, as far as its path goes. */
const NEXT = `
  import { useSyncExternalStore } from 'react'
  const listeners = new Set()
  window.go = path => {
    history.pushState(null, '', path)
    for (const listener of listeners) listener()
  }
  export const usePathname = () =>
    useSyncExternalStore(
      listener => (listeners.add(listener), () => listeners.delete(listener)),
      () => location.pathname,
    )`
