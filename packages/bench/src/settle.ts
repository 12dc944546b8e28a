import { randomUUID } from 'node:crypto'
import type { Workspace } from '@retention-bridge/sandbox'
import type { BrowserContext, Page, Request } from 'playwright-core'
import { MARK } from './vendor-calls.ts'

/** What each page has told Customer.io since it was loaded. Not kept in the page, whose work is measured. */
const messages = new WeakMap<Page, Request[]>()

/** Segment's have the same form; track.js waits for an answer before it sends the next one. */
const MESSAGE = /\/v1\/[itpsga]$/

/** From now on, {@link settlePage} knows what the pages of this browser have under way. */
export const watchMessages = (visitor: BrowserContext): void => {
  visitor.on('page', page => {
    messages.set(page, [])
    page.on('framenavigated', frame => {
      if (frame === page.mainFrame()) messages.set(page, [])
    })
    page.on('request', request => {
      if (MESSAGE.test(request.url())) messages.get(page)?.push(request)
    })
  })
}

/**
 * Waits until both vendors have all that this page has said and the peer has not kept. `patience` is for how long, in
 * milliseconds, a peer may go on handing over: what a vendor's limit holds back would take minutes.
 */
export const settlePage = async (page: Page, workspace: Workspace, patience = 60_000): Promise<void> => {
  const mark = MARK + randomUUID().replaceAll('-', '')
  await page.evaluate(async longest => {
    await window.peer.ready()
    const given = new Promise(resolve => setTimeout(resolve, longest))
    await Promise.race([window.peer.settled(), given])
  }, patience)
  const atCustomerio = arrival(workspace, 'customerio', mark)
  await page.evaluate(name => void window.peer.mark.customerio(name), mark)
  await atCustomerio
  const atFullstory = arrival(workspace, 'fullstory', mark)
  await page.evaluate(name => void window.peer.mark.fullstory(name), mark)
  await atFullstory
  // FullStory's come in order. Customer.io's are requests of their own, some of which the mark may have overtaken.
  await Promise.all((messages.get(page) ?? []).map(request => request.response()))
}

/** Looks at what comes in, and not at all that is there: after thousands of messages that would be work of its own. */
const arrival = ({ customerio, fullstory }: Workspace, vendor: 'customerio' | 'fullstory', mark: string) =>
  new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${mark} never came to ${vendor}`)), 300_000)
    const came = () => {
      clearTimeout(late)
      resolve()
    }
    if (vendor === 'customerio') {
      const apply = customerio.apply.bind(customerio)
      customerio.apply = (message, at) => {
        apply(message, at)
        if (message.event === mark) came()
      }
    } else {
      const apply = fullstory.apply.bind(fullstory)
      fullstory.apply = bundle => {
        apply(bundle)
        if (bundle.messages.some(message => message.kind === 'event' && message.name === mark)) came()
      }
    }
  })
