import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { ada, configure, defaults, read, renderEmbed } from './shopify-liquid.ts'

const readme = read(fileURLToPath(new URL('../README.md', import.meta.url)))

it('shows flags and rules that are understood', () => {
  const [flags, rules] = [...readme.matchAll(/```\n([\s\S]+?)```/g)].map(([, lines = '']) => lines)
  const settings = { flags, rules }
  expect(renderEmbed({ settings, request: { design_mode: true } }).trim()).toBe('')
  const configuration = configure({ customer: ada, settings })
  expect(Object.keys(configuration.flags)).toHaveLength(8)
  expect(configuration.visitor.flags).toMatchObject({
    vip_tier: 'gold',
    margin_tier: 'high',
    returns_often: false,
  })
})

it('explains every setting, and no other', () => {
  const table = readme.slice(readme.indexOf('| setting |'), readme.indexOf('## Flags'))
  const explained = [...table.matchAll(/^\| .+? \| (`.+?`) \|/gm)].flatMap(
    ([, names]) => names?.match(/\w+/g) ?? [],
  )
  expect(explained.sort()).toEqual(Object.keys(defaults).sort())
})
