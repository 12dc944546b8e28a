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

it('knows the language of each block', () => {
  const languages = new Set(blocks.filter(({ excerpt }) => !excerpt).map(({ language }) => language))
  expect([...languages].sort()).toEqual(
    ['html', 'js', 'json', 'liquid', 'sh', 'ts', 'tsx'].filter(language => languages.has(language)),
  )
})
