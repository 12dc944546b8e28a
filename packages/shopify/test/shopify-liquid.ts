import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Window } from 'happy-dom'
import { Liquid, type TagToken, type TopLevelToken } from 'liquidjs'
import { schemaOf } from '../scripts/theme-snippet.ts'

export const EXTENSION = fileURLToPath(new URL('../extensions/retention-bridge-theme', import.meta.url))
export const EXAMPLE = fileURLToPath(new URL('../../../examples/shopify-theme', import.meta.url))

export const read = (path: string): string => readFileSync(path, 'utf8')
export const readJson = (path: string): unknown => JSON.parse(read(path))

export const block = read(`${EXTENSION}/blocks/retention-bridge.liquid`)

/** What Shopify's Liquid knows of a customer, as far as the templates read it; tests leave out or distort any of it. */
export type Customer = Record<string, unknown>

export interface Visit {
  /** Who is logged in; nobody by default. */
  customer?: Customer
  /** Differences from the defaults of the schema. */
  settings?: Record<string, unknown>
  /** Liquid's `request`. */
  request?: Record<string, unknown>
  /** Whether `json` escapes `<`. Shopify does not say; both must be safe. */
  jsonEscapes?: boolean
}

/** The real engine with what Shopify adds to it, over the files of a theme or an extension. */
export const shopifyLiquid = (root: string, { jsonEscapes = false } = {}): Liquid => {
  const engine = new Liquid({ root: `${root}/snippets`, extname: '.liquid', strictFilters: true })
  const texts = readJson(`${root}/locales/en.default.json`)
  // `null` for what is missing, as in Ruby.
  engine.registerFilter('json', value => {
    const json = JSON.stringify(value ?? null)
    return jsonEscapes ? json.replace(/[<>&]/g, sign => `\\u00${sign.charCodeAt(0).toString(16)}`) : json
  })
  engine.registerFilter('asset_url', file => `//cdn.shop.example/assets/${file}`)
  engine.registerFilter('t', (key: string, ...values: [name: string, value: unknown][]) => {
    let text: unknown = texts
    for (const part of key.split('.')) text = (text as Record<string, unknown>)[part]
    return values.reduce(
      (filled, [name, value]) => filled.replace(`{{ ${name} }}`, String(value)),
      String(text),
    )
  })
  const tagWithBody = (name: string, shown: boolean) =>
    engine.registerTag(name, {
      parse(_: TagToken, rest: TopLevelToken[]) {
        this.templates = []
        const stream = this.liquid.parser.parseStream(rest)
        stream.on(`tag:end${name}`, () => stream.stop())
        stream.on('template', template => this.templates.push(template))
        stream.start()
      },
      *render(context, emitter) {
        if (shown) yield this.liquid.renderer.renderTemplates(this.templates, context, emitter)
      },
    })
  tagWithBody('schema', false)
  tagWithBody('form', true)
  engine.registerTag('section', {
    parse(token: TagToken) {
      this.name = token.args.replaceAll("'", '')
    },
    *render(context, emitter) {
      const source = read(`${root}/sections/${this.name}.liquid`)
      const html: unknown = yield this.liquid.parseAndRender(
        source,
        { section: { settings: {} } },
        { globals: context.globals },
      )
      emitter.write(html)
    },
  })
  return engine
}

/** The defaults of the app embed's settings. */
export const defaults: Record<string, unknown> = Object.fromEntries(
  schemaOf(block)
    .settings.filter(({ id }) => id)
    .map(({ id, default: value = '' }) => [id, value]),
)

const engines = [false, true].map(jsonEscapes => shopifyLiquid(EXTENSION, { jsonEscapes }))
const parsed = engines.map(engine => engine.parse(block))

/** The app embed's HTML on a page. */
export const renderEmbed = ({
  customer,
  settings,
  request = {},
  jsonEscapes = false,
}: Visit = {}): string => {
  const which = Number(jsonEscapes)
  return engines[which]?.renderSync(parsed[which] ?? [], {
    customer,
    request,
    block: { settings: { ...defaults, ...settings } },
  })
}

export interface Configuration {
  flags: Record<string, Record<string, unknown>>
  visitor: { id: string | null; traits?: Record<string, unknown>; flags?: Record<string, unknown> }
  [option: string]: unknown
}

const { document } = new Window()

/** The script elements of a page, as a browser finds them. */
export const scriptsOf = (html: string) => {
  document.body.innerHTML = html
  return [...document.querySelectorAll('script')].map(script => ({
    attributes: Object.fromEntries([...script.attributes].map(({ name, value }) => [name, value])),
    text: script.textContent,
  }))
}

/** What the script tag reads on the page. Throws where there is nothing to read, or no JSON. */
export const configurationOf = (html: string): Configuration => {
  const tag = scriptsOf(html).find(({ attributes }) => 'data-retention-bridge' in attributes)
  return JSON.parse(tag?.text ?? '') as Configuration
}

export const configure = (visit?: Visit): Configuration => configurationOf(renderEmbed(visit))

export const ada: Customer = {
  id: 1042,
  email: 'Ada@example.com',
  first_name: 'Ada',
  last_name: 'Lovelace',
  phone: '+14155550100',
  orders_count: 3,
  total_spent: 38_850,
  accepts_marketing: true,
  tax_exempt: false,
  'b2b?': true,
  tags: ['VIP-Gold', 'newsletter'],
  last_order: { created_at: '2026-01-31T12:00:00+01:00' },
  default_address: { country_code: 'GB', province_code: 'ENG' },
  metafields: { custom: { person_id: { value: 'cust_1042' }, margin_tier: { value: 'high' } } },
}
