import { expect, it } from 'vitest'
import { complaintsOf } from './compile.ts'
import { blocks, where } from './markdown.ts'
import { modules } from './modules.ts'

const typed = modules().filter(({ block }) => block.language !== 'js')
const complaints = complaintsOf(typed)

it.each([...complaints.keys()])('%s compiles against the published declarations', place => {
  expect(complaints.get(place)).toEqual([])
})

it('notices what does not compile', () => {
  const [first] = typed
  if (!first) throw new Error('There is no code.')
  const wrong = { ...first, source: () => "import { nothing } from 'retention-bridge'" }
  expect(complaintsOf([wrong]).get(where(first.block))).toHaveLength(1)
})

it('knows what to do with each block', () => {
  const languages = ['ts', 'tsx', 'js', 'html', 'json', 'liquid', 'sh']
  expect(
    blocks.filter(({ language, excerpt }) => !excerpt && !languages.includes(language)).map(where),
  ).toEqual([])
})

it('leaves out four blocks, each of which says why', () => {
  expect(blocks.filter(({ excerpt }) => excerpt).map(({ document }) => document)).toEqual([
    'docs/migrating.md',
    'docs/recipes/google-tag-manager.md',
    'docs/recipes/google-tag-manager.md',
    'docs/testing.md',
  ])
})
