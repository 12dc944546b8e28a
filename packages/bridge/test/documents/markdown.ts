import { readFileSync } from 'node:fs'
import { anchor, documents, repositoryRoot } from '../../../../docs/.vitepress/pages.ts'

/** A fenced block of code of a document. */
export interface Block {
  document: string
  /** Among the blocks of its document, from 0. */
  index: number
  line: number
  language: string
  code: string
  /** Why it is not run, as the comment `<!-- excerpt: … -->` before it says. */
  excerpt?: string
}

export const where = ({ document, line }: Block): string => `${document}:${line}`

export const read = (document: string): string => readFileSync(repositoryRoot + document, 'utf8')

/** Those whose code is compiled and run here: what a user reads. */
export const GUIDES: string[] = documents.filter(name => name === 'README.md' || name.startsWith('docs/'))

const FENCE =
  /(?:<!-- excerpt: (?<excerpt>.+?) -->\n+)?^(?<indent> *)```(?<language>\w*)\n(?<code>[\s\S]*?)^\k<indent>```$/gm

export const blocksOf = (document: string): Block[] => {
  const text = read(document)
  return [...text.matchAll(FENCE)].map(({ groups = {}, index: start, 0: whole }, index) => ({
    document,
    index,
    line: text.slice(0, start + whole.indexOf('```')).split('\n').length,
    language: groups.language ?? '',
    code: (groups.code ?? '').replace(new RegExp(`^${groups.indent}`, 'gm'), ''),
    excerpt: groups.excerpt,
  }))
}

export const blocks: Block[] = GUIDES.flatMap(blocksOf)

/** Of some languages, those that are run. */
export const blocksIn = (...languages: string[]): Block[] =>
  blocks.filter(({ language, excerpt }) => !excerpt && languages.includes(language))

/** What a reader sees of a document beside its code. */
const prose = (document: string): string => read(document).replace(FENCE, '')

/** Where the links and images of a document lead to. */
export const linksIn = (document: string): string[] => {
  const text = prose(document).replace(/`[^`\n]*`/g, '')
  return [...text.matchAll(/\]\(<?([^)\s>]+)>?\)|(?:href|src)="([^"]+)"/g)].map(([, link, attribute]) =>
    decodeURI(link ?? attribute ?? ''),
  )
}

/** The sections that a link may lead to. */
export const anchorsIn = (document: string): Set<string> => {
  const anchors = new Set<string>()
  for (const [, heading = ''] of prose(document).matchAll(/^#{1,6} (.+)$/gm)) {
    const name = anchor(heading.replace(/\[(.+?)\]\(.+?\)/g, '$1').replace(/[`*\\]/g, ''))
    let free = name
    for (let again = 1; anchors.has(free); again++) free = `${name}-${again}`
    anchors.add(free)
  }
  for (const [, id = ''] of prose(document).matchAll(/<a id="(.+?)">/g)) anchors.add(id)
  return anchors
}
