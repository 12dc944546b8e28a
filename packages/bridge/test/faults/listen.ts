import type { BrowserContext } from 'playwright-core'

/** Everything a visitor's browser says that is nobody's fault but ours, and what it sends to the vendors. */
export interface Heard {
  /** Exceptions and rejections that nobody caught, whoever threw them, and what our own files say on the console. */
  errors: string[]
  sent: Record<'customerio' | 'fullstory', string>
}

const OURS = /\/dist\/|retention.bridge/i

export const listen = (visitor: BrowserContext): Heard => {
  const heard: Heard = { errors: [], sent: { customerio: '', fullstory: '' } }
  visitor.on('weberror', error => heard.errors.push(error.error().stack ?? String(error.error())))
  visitor.on('console', message => {
    const { url } = message.location()
    // The browser's own line for a request that a fault made fail is not the page's doing.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return
    if (OURS.test(url) || OURS.test(message.text())) heard.errors.push(message.text())
  })
  visitor.on('request', request => {
    const url = request.url()
    if (/\/page-|\/dist\//.test(url)) return
    const vendor = /\/rec|\/s\/|fullstory/i.test(url) ? 'fullstory' : 'customerio'
    heard.sent[vendor] += `${decodeURIComponent(url)} ${request.postData() ?? ''}\n`
  })
  return heard
}
