import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const repositoryRoot = fileURLToPath(new URL('../../', import.meta.url))

/** The sidebar's order. What does not exist is left out, what is not listed here comes last. */
const SECTIONS: [section: string, pages: string[]][] = [
  ['Start', ['docs/get-started', 'README', 'docs/troubleshooting', 'docs/limitations']],
  ['Understand', ['docs/identity', 'docs/flags', 'docs/checkout', 'docs/friction', 'docs/privacy']],
  ['Set up', ['docs/customerio', 'docs/fullstory', 'docs/shopify', 'docs/recipes/*', 'docs/migrating']],
  ['Run', ['docs/playbook', 'docs/doctor', 'docs/testing', 'docs/benchmarks', 'docs/faults', 'docs/*']],
  ['Reference', ['docs/reference/index', 'docs/reference/retention-bridge', 'docs/reference/**']],
  ['Shopify package', ['packages/shopify/README', 'packages/shopify/pixel/README']],
  ['Examples', ['examples/*/README']],
  ['Project', ['ARCHITECTURE', 'CONTRIBUTING', 'CHANGELOG']],
]

/** No pages: the home page, which the logo leads to. */
const UNLISTED = ['docs/index']

const markdownIn = (folder: string): string[] =>
  existsSync(repositoryRoot + folder)
    ? readdirSync(repositoryRoot + folder, { withFileTypes: true })
        .filter(({ name }) => !/^\.|^node_modules$|^dist$|^test$/.test(name))
        .flatMap(entry =>
          entry.isDirectory() ? markdownIn(`${folder}${entry.name}/`) : `${folder}${entry.name}`,
        )
        .filter(file => file.endsWith('.md'))
        .sort()
    : []

/** Every Markdown file of the repository, by its path from the root. */
export const documents: string[] = [
  ...readdirSync(repositoryRoot).filter(file => file.endsWith('.md')),
  ...['docs/', 'packages/', 'examples/'].flatMap(markdownIn),
]

/** Where the site has it, without extension: `docs/` is the root, a README is what its folder shows. */
export const siteRoute = (document: string): string =>
  document === 'README.md'
    ? 'readme'
    : document
        .replace(/^docs\//, '')
        .replace(/(^|\/)README\.md$/, '$1index.md')
        .replace(/^[A-Z]+\.md$/, name => name.toLowerCase())
        .replace(/\.md$/, '')

/** Its address on the site. */
export const siteLink = (document: string): string => `/${siteRoute(document).replace(/(^|\/)index$/, '$1')}`

/** What GitHub makes of a heading, so that a link to a section works there and on the site. */
export const anchor = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

/** Where the heading does not say it in a list. */
const TITLES: Record<string, string> = {
  'README.md': 'All on one page',
  'packages/shopify/README.md': 'App embed and snippet',
}

export const title = (document: string): string =>
  TITLES[document] ??
  /^# (.+)$/m.exec(readFileSync(repositoryRoot + document, 'utf8'))?.[1]?.replace(/[`\\]/g, '') ??
  document

const matches = (pattern: string, document: string): boolean =>
  new RegExp(`^${pattern.replaceAll('**', '.+').replace(/(?<!\.)\*/g, '[^/]+')}\\.md$`).test(document)

export const sidebar = () => {
  const left = new Set(documents.filter(document => !UNLISTED.includes(document.replace(/\.md$/, ''))))
  const named = SECTIONS.flatMap(([, pages]) => pages.filter(page => !page.includes('*')))
  return SECTIONS.map(([text, pages]) => ({
    text,
    items: pages.flatMap(page =>
      [...left]
        .filter(document => matches(page, document))
        .filter(
          document =>
            page === document.replace(/\.md$/, '') || !named.includes(document.replace(/\.md$/, '')),
        )
        .map(document => {
          left.delete(document)
          return { text: title(document), link: siteLink(document) }
        }),
    ),
  }))
}
