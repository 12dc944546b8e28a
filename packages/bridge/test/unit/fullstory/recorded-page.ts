import { compileFunction } from 'node:vm'
import { FullStoryCollector } from '../../../../sandbox/src/fullstory/collector.ts'
import { readEnvironment } from '../../../../sandbox/src/fullstory/double/environment.ts'
import { takeOverPage } from '../../../../sandbox/src/fullstory/double/page.ts'
import type { Stub } from '../../../../sandbox/src/fullstory/double/takeover.ts'
import { fullstorySnippet } from '../../../../sandbox/src/fullstory/snippet.ts'
import type { Message } from '../../../../sandbox/src/fullstory/wire.ts'
import { forgetVisitor } from '../page.ts'

interface PageGlobals {
  FS?: Stub
  happyDOM: { settings: { handleDisabledFileLoadingAsSuccess: boolean } }
}

/**
 * FullStory on this page: the vendor's own snippet, the sandbox's double of fs.js, and its server behind it. The
 * visitor is new, whatever an earlier test has left.
 */
export const recordedPage = () => {
  const page = window as unknown as PageGlobals
  // The test brings the script: here it is not loaded, nor reported as blocked.
  page.happyDOM.settings.handleDisabledFileLoadingAsSuccess = true
  document.head.innerHTML = '<script></script>'
  forgetVisitor()
  delete page.FS
  compileFunction(fullstorySnippet({ origin: 'http://localhost:4400', workspace: 'org' }))()
  const stub = page.FS as unknown as Stub
  const org = new FullStoryCollector()
  const messages: Message[] = []
  stub._w = {
    fetch: async (_address, request) => {
      const bundle = JSON.parse(String(request?.body))
      messages.push(...bundle.messages)
      org.apply(bundle)
      return new Response('{}')
    },
  }
  return {
    org,
    /** How many messages of a kind have reached FullStory. */
    count: (kind: Message['kind']) => messages.filter(message => message.kind === kind).length,
    /** fs.js arrives. */
    load: () => takeOverPage(stub, readEnvironment(document.querySelector('script[data-fs-namespace]'))),
  }
}
