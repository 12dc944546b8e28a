import { existsSync, statSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, it } from 'vitest'
import { documents, repositoryRoot } from '../../../../docs/.vitepress/pages.ts'
import { anchorsIn, linksIn } from './markdown.ts'

/** What is wrong with a link, if anything. */
const complaint = (document: string, link: string): string | undefined => {
  if (/^(https:|mailto:)/.test(link)) return
  if (/^[a-z]+:|^\//.test(link)) return 'is neither relative nor https'
  const [path = '', section] = link.split('#')
  const target = path ? posix.join(posix.dirname(document), path) : document
  if (!existsSync(repositoryRoot + target)) return 'leads nowhere'
  if (!section) return
  const page = statSync(repositoryRoot + target).isDirectory() ? posix.join(target, 'README.md') : target
  if (!anchorsIn(page).has(section)) return 'leads to no section'
}

it.each(documents)('%s has no dead link', document => {
  const dead = linksIn(document).flatMap(link => {
    const problem = complaint(document, link)
    return problem ? `${link} ${problem}` : []
  })
  expect(dead).toEqual([])
})
