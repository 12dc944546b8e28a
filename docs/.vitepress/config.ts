import { existsSync, readFileSync, statSync } from 'node:fs'
import { posix, relative } from 'node:path'
import { defineConfig, type MarkdownRenderer } from 'vitepress'
import { anchor, documents, repositoryRoot, sidebar, siteLink, siteRoute } from './pages.ts'

const { repository } = JSON.parse(readFileSync(`${repositoryRoot}packages/bridge/package.json`, 'utf8')) as {
  repository?: string | { url: string }
}
const sources = (typeof repository === 'object' ? repository.url : repository)?.replace(/^git\+|\.git$/g, '')

/**
 * Links are written for whoever reads the files, on GitHub for instance: relative, also to folders and sources. On the
 * site those to a document lead to its page; sources have none, and are plain text unless package.json says where
 * the repository is.
 */
const followLinks = (markdown: MarkdownRenderer) => {
  markdown.core.ruler.push('document-links', ({ tokens, env }) => {
    const from = posix.dirname(relative(repositoryRoot, (env.realPath ?? env.path) as string))
    for (const { children } of tokens)
      children?.forEach((token, index) => {
        // Vue would read what Liquid and Tag Manager write in double braces.
        if (token.type === 'code_inline') token.attrSet('v-pre', '')
        if (token.type !== 'link_open') return
        const [path = '', section] = String(token.attrGet('href')).split('#')
        if (!path || /^[a-z]+:|^\//.test(path)) return
        const target = posix.join(from, decodeURI(path)).replace(/\/$/, '')
        const isFolder =
          existsSync(repositoryRoot + target) && statSync(repositoryRoot + target).isDirectory()
        const document = isFolder ? `${target}/README.md` : target
        if (documents.includes(document))
          token.attrSet('href', siteLink(document) + (section ? `#${section}` : ''))
        else if (sources) token.attrSet('href', `${sources}/blob/main/${target}`)
        else {
          const end = children.findIndex(({ type }, at) => at > index && type === 'link_close')
          for (const tag of [token, children[end]]) if (tag) Object.assign(tag, { type: 'text', content: '' })
        }
      })
  })
}

export default defineConfig({
  title: 'Retention Bridge',
  description: 'Makes Customer.io and FullStory agree on who a storefront visitor is',
  lang: 'en-US',
  // Not only docs/: README.md, the changelog and the examples are pages, too, and links between all of them work.
  srcDir: '..',
  srcExclude: ['**/node_modules/**', '**/dist/**', '**/test/**'],
  outDir: './.vitepress/dist',
  rewrites: page => (documents.includes(page) ? `${siteRoute(page)}.md` : page),
  cleanUrls: true,
  ignoreDeadLinks: false,
  markdown: {
    config: followLinks,
    anchor: { slugify: anchor },
    // The default pair is too pale on the background of code.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  themeConfig: {
    search: { provider: 'local' },
    nav: [
      { text: 'Get started', link: '/get-started' },
      { text: 'Troubleshooting', link: '/troubleshooting' },
      { text: 'Reference', link: '/reference/' },
    ],
    sidebar: sidebar(),
    outline: [2, 3],
  },
})
