import { expect, it } from 'vitest'
import { FINDINGS } from '../../src/doctor/finding.ts'
import { read } from './markdown.ts'

it('has a section for each finding of the doctor, and for no other', () => {
  const sections = [...read('docs/troubleshooting.md').matchAll(/^### `(.+)`$/gm)].map(([, code]) => code)
  expect(sections.sort()).toEqual(Object.keys(FINDINGS).sort())
})
