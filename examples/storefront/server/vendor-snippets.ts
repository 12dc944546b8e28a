import { customerioSnippet, fullstorySnippet } from '@retention-bridge/sandbox'
import type { HtmlTagDescriptor, Plugin } from 'vite'

export interface Vendors {
  /** Of the sandbox that stands in for both vendors. */
  origin: string
  workspace: string
}

/** Puts both vendors' own snippets into every page of the shop, as a theme or a tag manager would. */
export function vendorSnippets(vendors: Vendors): Plugin {
  return {
    name: 'storefront:vendor-snippets',
    transformIndexHtml: (_html, { path }) =>
      isInspector(path)
        ? []
        : [
            script(fullstorySnippet({ ...vendors, version: '2.1' })),
            script(customerioSnippet({ ...vendors, page: true })),
          ],
  }
}

/** Tells the inspector, which carries no vendor, where to read what the vendors have received. */
export function inspectorAddress({ origin, workspace }: Vendors): Plugin {
  const content = `${origin}/api/${workspace}`
  return {
    name: 'storefront:inspector-address',
    transformIndexHtml: (_html, { path }) =>
      isInspector(path) ? [{ tag: 'meta', attrs: { name: 'sandbox', content }, injectTo: 'head' }] : [],
  }
}

function script(children: string): HtmlTagDescriptor {
  return { tag: 'script', children, injectTo: 'head' }
}

function isInspector(path: string): boolean {
  return path === '/inspector.html'
}
