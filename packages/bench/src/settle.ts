import { randomUUID } from 'node:crypto'
import type { Workspace } from '@retention-bridge/sandbox'
import type { Page } from 'playwright-core'
import { MARK } from './vendor-calls.ts'

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
