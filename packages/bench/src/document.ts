import type { Report } from './report.ts'
import { tablesOf } from './tables.ts'

const marks = (name: string) => [`<!-- ${name}, by npm run bench -->`, `<!-- end of ${name} -->`] as const

/** The document with its tables written anew; the words around them stay. */
export const withTables = (document: string, report: Report): string =>
  tablesOf(report).reduce((text, [name, table]) => {
    const [begin, end] = marks(name)
    const [from, to] = [text.indexOf(begin), text.indexOf(end)]
    if (from < 0 || to < from) throw new Error(`no place for the table "${name}"`)
    return `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`
  }, document)
