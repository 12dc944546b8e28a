import { customerioSnippet, fullstorySnippet } from '@retention-bridge/sandbox'
import type { Plugin } from 'vite'
import type { Vendors } from '../../storefront/server/vendor-snippets.ts'

/**
 * Serves both vendors' own snippets as one script of the shop's own, which the page asks for once there is consent. A
 * store would keep the two texts in a file.
 */
export function vendorScript(vendors: Vendors): Plugin {
  const text = [fullstorySnippet(vendors), customerioSnippet({ ...vendors, page: true })].join('\n')
  return {
    name: 'headless-storefront:vendor-script',
    configureServer({ middlewares }) {
      middlewares.use('/vendors.js', (_request, response) => {
        response.setHeader('content-type', 'text/javascript').end(text)
      })
    },
  }
}
