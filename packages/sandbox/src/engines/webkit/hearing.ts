import type { WebKitPage } from './page.ts'
import type { PageRecord } from './page-record.ts'

/** What documents say to their consoles, which comes by the proxy and with their answers, and is heard once. */
export class Hearing {
  private readonly documents = new Map<string, WebKitPage>()
  /** Said by documents of which it is not known yet whose they are. */
  private readonly unknown: PageRecord[] = []
  private readonly heard = new Set<string>()

  constructor(private readonly open: ReadonlySet<WebKitPage>) {}

  isDocumentOf = (id: string, page: WebKitPage) => {
    if (this.documents.has(id)) return
    this.documents.set(id, page)
    const known = this.unknown.filter(record => record.id === id)
    for (const record of known) this.unknown.splice(this.unknown.indexOf(record), 1)
    for (const record of known) page.said(record)
  }

  hear = (record: PageRecord) => {
    const key = `${record.id} ${record.number}`
    if (this.heard.has(key)) return
    this.heard.add(key)
    const [only] = this.open
    const page = this.documents.get(record.id) ?? (this.open.size === 1 ? only : undefined)
    if (page) page.said(record)
    else this.unknown.push(record)
  }
}
