import { fileURLToPath } from 'node:url'
import { shopifyLiquid } from '@retention-bridge/sandbox'
import { expect, it } from 'vitest'
import {
  editedSettingsOf,
  type Setting,
  schemaOf,
  settingsOf,
  sharedOf,
  translate,
} from '../scripts/theme-snippet.ts'
import {
  ada,
  block,
  configurationOf,
  EXAMPLE,
  EXTENSION,
  read,
  readJson,
  renderEmbed,
} from './shopify-liquid.ts'

const { name, target, settings } = schemaOf(block)
const inputs = settings.filter(({ type }) => type !== 'header')
const locale = readJson(`${EXTENSION}/locales/en.default.schema.json`)
const snippet = read(fileURLToPath(new URL('../snippets/retention-bridge.liquid', import.meta.url)))

/**
 * What Shopify documents of the settings in use, beside `type`, `id`, `label`, `info` and `default`:
 * https://shopify.dev/docs/storefronts/themes/architecture/settings/input-settings
 */
const documented: Record<string, { attributes: string[]; holds: (setting: Setting) => boolean }> = {
  checkbox: { attributes: [], holds: ({ default: value }) => typeof value === 'boolean' },
  text: { attributes: ['placeholder'], holds: isText },
  textarea: { attributes: ['placeholder'], holds: isText },
  select: {
    attributes: ['options'],
    holds: ({ options = [], default: value }) =>
      options.some(option => option.value === value) &&
      new Set(options.map(option => option.value)).size === options.length,
  },
  range: {
    attributes: ['min', 'max', 'step', 'unit'],
    holds: ({ min, max, step, default: value, unit = '' }) => {
      const [from, to, by, preset] = [min, max, step, value].map(Number) as [number, number, number, number]
      const steps = (to - from) / by
      const onStep = (preset - from) % by === 0 && preset >= from && preset <= to
      // A slider has 3 to 101 positions; a unit has 3 characters at most.
      return onStep && Number.isInteger(steps) && steps >= 2 && steps <= 100 && String(unit).length <= 3
    },
  },
}

/** An empty default is an error of its own: it is left out. */
function isText({ default: value }: Setting) {
  return value === undefined || (typeof value === 'string' && value !== '')
}

it('is an app embed', () => {
  expect(target).toBe('body')
  expect(translate(name, locale).length).toBeLessThanOrEqual(25)
})

it('has settings as Shopify documents them, each explained', () => {
  for (const setting of inputs) {
    const { attributes, holds } = documented[setting.type] ?? {}
    expect(attributes, `${setting.id}: a type that is documented`).toBeDefined()
    expect(holds?.(setting), `${setting.id}: values`).toBe(true)
    const known = ['type', 'id', 'label', 'info', 'default', ...(attributes ?? [])]
    expect(Object.keys(setting).filter(attribute => !known.includes(attribute))).toEqual([])
    expect(setting.id).toMatch(/^[a-z][a-z_]*$/)
    expect(setting.label).toBe(`t:settings.${setting.id}.label`)
    expect(setting.info).toBe(`t:settings.${setting.id}.info`)
    for (const { label, value } of setting.options ?? [])
      expect(label).toBe(`t:settings.${setting.id}.options.${value}`)
  }
  expect(new Set(inputs.map(({ id }) => id)).size).toBe(inputs.length)
})

// Shopify refuses a block with more, with no more than "settings: is invalid" (Shopify/shopify-cli#1927).
it('has each type of setting at most six times', () => {
  for (const { type } of settings)
    expect(settings.filter(setting => setting.type === type).length).toBeLessThanOrEqual(6)
})

it('has all its texts in the locale, and no other', () => {
  const texts = JSON.stringify({ name, settings }).match(/t:[a-z_0-9.-]+/g) ?? []
  for (const text of texts) expect(translate(text, locale)).not.toBe('')
  const keys = (value: unknown): number =>
    typeof value === 'string' ? 1 : Object.values(value as object).reduce((sum, part) => sum + keys(part), 0)
  expect(keys(locale)).toBe(new Set(texts).size)
})

it('reads each setting once, under its own name', () => {
  const assigned = [...block.matchAll(/assign (\w+) = block\.settings\.(\w+)/g)]
  expect(assigned.map(([, variable]) => variable)).toEqual(assigned.map(([, , setting]) => setting))
  expect(assigned.map(([, , setting]) => setting).sort()).toEqual(inputs.map(({ id }) => id).sort())
})

it('is the same as the snippets', () => {
  expect(snippet, 'run npm run build').toBe(settingsOf(block, locale) + sharedOf(block))
  const example = read(`${EXAMPLE}/snippets/retention-bridge.liquid`)
  expect(example, 'run npm run build').toBe(editedSettingsOf(example) + sharedOf(block))
})

it.each([{ customer: ada }, {}])('says what the snippet says: %j', visit => {
  const html = shopifyLiquid(EXTENSION).parseAndRenderSync(snippet, { request: {}, ...visit })
  expect(configurationOf(html)).toEqual(configurationOf(renderEmbed(visit)))
})
