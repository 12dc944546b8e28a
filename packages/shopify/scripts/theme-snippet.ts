/** A setting of the app embed's schema, as far as the snippet needs it. */
export interface Setting {
  type: string
  id?: string
  label?: string
  info?: string
  content?: string
  default?: unknown
  options?: { value: string; label: string }[]
  [attribute: string]: unknown
}

/** The app embed's schema tag. */
export interface Schema {
  name: string
  target: string
  settings: Setting[]
}

const BEGIN = '{%- comment -%} shared {%- endcomment -%}\n'
const END = '{%- comment -%} end of shared {%- endcomment -%}\n'

/** The `{% schema %}` of a block. Throws if it has none, or if it is no JSON. */
export const schemaOf = (block: string): Schema =>
  JSON.parse(/{% schema %}([\s\S]+){% endschema %}/.exec(block)?.[1] ?? '') as Schema

/** A text of the schema, translated: `t:settings.flags.label` by `{ settings: { flags: { label: 'Flags' } } }`. */
export const translate = (text: string, locale: unknown): string => {
  let found = locale
  for (const key of text.replace(/^t:/, '').split('.')) found = (found as Record<string, unknown>)?.[key]
  if (typeof found !== 'string') throw new Error(`${text} is not in locales/en.default.schema.json`)
  return found
}

const indent = (text: string) => text.replace(/^(?=.)/gm, '  ')

/** A setting as an assignment: several lines as a capture, so that they are edited as they are in the theme editor. */
const assignment = ({ type, id, default: value = '' }: Setting) =>
  type === 'textarea'
    ? `{%- capture ${id} -%}\n${indent(String(value))}\n{%- endcapture -%}`
    : `{%- assign ${id} = ${typeof value === 'string' ? `'${value}'` : value} -%}`

const described = (setting: Setting, locale: unknown) => {
  if (setting.type === 'header')
    return `{%- comment -%} ${translate(setting.content ?? '', locale)} {%- endcomment -%}`
  const say = (text = '') => translate(text, locale)
  const choices = (setting.options ?? []).map(({ value, label }) => `'${value}' (${say(label)})`)
  const about = [`${say(setting.label)}: ${say(setting.info)}`, ...choices].join('\n  ')
  return `{%- comment -%}\n  ${about}\n{%- endcomment -%}\n${assignment(setting)}`
}

/** The beginning of the snippet: the schema's settings, as assignments of their defaults. */
export const settingsOf = (block: string, locale: unknown): string =>
  `${schemaOf(block)
    .settings.map(setting => described(setting, locale))
    .join('\n\n')}\n\n`

/** What the block and the snippet share, with the marks around it. Throws if they are not there. */
export const sharedOf = (liquid: string): string => {
  const shared = liquid.slice(liquid.indexOf(BEGIN), liquid.indexOf(END) + END.length)
  if (!shared.startsWith(BEGIN) || !shared.endsWith(END))
    throw new Error('The marks of the shared part are not there')
  return shared
}

/** A snippet's settings, as somebody has edited them. */
export const editedSettingsOf = (snippet: string): string => snippet.slice(0, snippet.indexOf(BEGIN))
