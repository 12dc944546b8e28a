import { shopifyLiquid } from '@retention-bridge/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packageRoot } from '../../scripts/entry-points.ts'
import { bundleModule } from './bundle.ts'
import { type Block, blocksIn, where } from './markdown.ts'
import { type Module, modules } from './modules.ts'
import { openShop, type Shop } from './shop.ts'

/** Each block on a page of its own with both vendors, after those that it goes on from. */
let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const all = modules()

/** Frameworks that are not installed: what their part comes to in a browser. */
const STUBS = { 'next/navigation': 'export const usePathname = () => location.pathname' }

/** What there is to complain of once the page has come so far, and that it has not. */
const complaintsOnce = async (
  visit: Awaited<ReturnType<typeof shop.open>>,
  condition: string,
  otherwise: string,
): Promise<unknown[]> => {
  try {
    await visit.page.waitForFunction(condition).catch(() => {
      visit.problems.push(otherwise)
    })
    return await visit.complaints()
  } finally {
    await visit.end()
  }
}

const runScript = async (module: Module): Promise<unknown[]> => {
  const script = await bundleModule(module, all, STUBS)
  const visit = await shop.open(
    `<script type="module">${script.replaceAll('</script', '<\\/script')}\n;window.finished = true</script>`,
    { ownVendors: /['"]@(fullstory|customerio)\//.test(module.block.code) },
  )
  return complaintsOnce(visit, 'window.finished', 'It did not come to its end.')
}

const CONFIG = `<script type="application/json" data-retention-bridge>
  { "flags": { "vip_tier": { "type": "enum", "values": ["none", "gold"] } }, "pageFlags": true }</script>`
const TAG = '<script async src="/retention-bridge-full.iife.js"></script>'

/** A part of a page, with what the rest of the page has. */
const runPage = async (html: string): Promise<unknown[]> => {
  const isConfigured = /data-retention-bridge|\.createBridge\(|setAttribute\('data-consent'/.test(html)
  const isLoaded = /retention-bridge[\w-]*\.iife\.js/.test(html)
  const visit = await shop.open((isConfigured ? '' : CONFIG) + html + (isLoaded ? '' : TAG), {
    ownLoad: html.includes('cioanalytics.load('),
  })
  return complaintsOnce(visit, 'window.retention_bridge', 'There is no bridge.')
}

const asConfig = (code: string) =>
  `<script type="application/json" data-retention-bridge>${code.replaceAll('<', '\\u003c')}</script>`

/** What a campaign sends to the inbox of somebody who is on the page: something comes of it. */
const runInbox = async (content: object): Promise<unknown[]> => {
  const plan = modules().find(({ block }) => block.document === 'docs/flags.md')
  if (!plan) throw new Error('There is no plan.')
  const inbox: Module = {
    ...plan,
    id: 'inbox',
    source: specifier => `import { bridge, flags } from '${specifier(plan.id)}'
      import { inboxFlags } from 'retention-bridge/inbox'
      bridge.identify('cust_1042')
      inboxFlags(bridge, { flags })`,
  }
  const visit = await shop.open(
    `<script type="module">${await bundleModule(inbox, [...all, inbox])}</script>`,
    {
      before: ({ customerio }) =>
        customerio.pushInbox({ to: 'cust_1042', topic: 'retention_flags', properties: { ...content } }),
    },
  )
  try {
    await visit.page.waitForFunction(
      `Object.values(window.retention_bridge?.status().flags ?? {}).some(({ source }) => source === 'inbox')`,
    )
    return await visit.complaints()
  } finally {
    await visit.end()
  }
}

/** Its form says what it is. */
const runJson = async ({ code }: Block): Promise<unknown[]> => {
  const content = JSON.parse(code) as object
  if ('set' in content || 'unset' in content) return runInbox(content)
  if (!('flags' in content)) throw new Error('This is no configuration and no message.')
  return runPage(asConfig(code))
}

const THEME = `${packageRoot}../../examples/shopify-theme`

/** As a theme renders it for a customer who is logged in. */
const runLiquid = async ({ code }: Block): Promise<unknown[]> => {
  const globals = { customer: { id: 1042, tags: ['vip-gold'] }, request: { design_mode: false } }
  const html = (await shopifyLiquid(THEME).parseAndRender(code, {}, { globals })) as string
  return runPage(html)
}

/** Their own test runner runs those of tests. */
const scripts = all.filter(({ block }) => !/testing\.md$/.test(block.document))
const listed = (blocks: Block[]) => blocks.map(block => [where(block), block] as const)

describe('runs without an error, a warning, or a broken rule', () => {
  it.each(scripts.map(module => [where(module.block), module] as const))('%s', async (_, module) => {
    expect(await runScript(module)).toEqual([])
  })

  it.each(listed(blocksIn('html')))('%s', async (_, { code }) => {
    expect(await runPage(code)).toEqual([])
  })

  it.each(listed(blocksIn('liquid')))('%s', async (_, block) => {
    expect(await runLiquid(block)).toEqual([])
  })

  it.each(listed(blocksIn('json')))('%s', async (_, block) => {
    expect(await runJson(block)).toEqual([])
  })
})

describe('notices', () => {
  const after = (code: string): Module => {
    const [first] = scripts
    if (!first) throw new Error('There is no code.')
    return { ...first, id: 'probe', source: () => `import { createBridge } from 'retention-bridge'; ${code}` }
  }

  it.each([
    ['an error', 'throw new Error("no")'],
    ['a refused flag', 'createBridge({ flags: {} }).setFlags({ vip: true })'],
    ['what a vendor refuses', "createBridge({ flags: {} }); FS('setIdentity', { uid: 'undefined' })"],
  ])('%s', async (_, code) => {
    const probe = after(code)
    all.push(probe)
    expect(await runScript(probe)).not.toEqual([])
  })

  it('a configuration with a mistake', async () => {
    const code = '{ "flags": { "vip": { "type": "boolean" } } }'
    expect(await runJson({ document: '', index: 0, line: 0, language: 'json', code })).not.toEqual([])
  })
})
