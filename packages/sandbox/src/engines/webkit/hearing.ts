import { setTimeout as pause } from 'node:timers/promises'
import type { WebKitPage } from './page.ts'
import type { PageRecord } from './page-record.ts'

/** What documents say to their consoles, which comes by the proxy, and so another way than their answers. */
export class Hearing {
  private readonly documents = new Map<string, WebKitPage>()
  /** Said by documents of which it is not known yet whose they are. */
  private readonly unknown: PageRecord[] = []
  /** How much has come of what each document said; of those whose policy keeps it to themselves, no end. */
  private readonly heard = new Map<string, number>()

  constructor(private readonly open: ReadonlySet<WebKitPage>) {}

  isDocumentOf = (id: string, page: WebKitPage) => {
    if (this.documents.has(id)) return
    this.documents.set(id, page)
    const known = this.unknown.filter(record => record.id === id)
    for (const record of known) this.unknown.splice(this.unknown.indexOf(record), 1)
    for (const record of known) page.said(record)
  }

  hear = (record: PageRecord) => {
    const [only] = this.open
    const page = this.documents.get(record.id) ?? (this.open.size === 1 ? only : undefined)
    if (page) page.said(record)
    else this.unknown.push(record)
    this.heard.set(record.id, (this.heard.get(record.id) ?? 0) + 1)
  }

  /** Waits for what a document had said when it answered. */
  hasHeard = async (id: string, said = 0) => {
    for (let left = 40; (this.heard.get(id) ?? 0) < said; left--) {
      if (!left) this.heard.set(id, Number.POSITIVE_INFINITY)
      else await pause(25)
    }
  }
}
