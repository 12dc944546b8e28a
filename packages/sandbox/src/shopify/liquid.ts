import { readFileSync } from 'node:fs'
import { Liquid, type TagToken, type TopLevelToken } from 'liquidjs'

/** What Shopify's Liquid knows of a customer, as far as templates read it; tests leave out or distort any of it. */
export type ShopifyCustomer = Record<string, unknown>

const read = (path: string): string => readFileSync(path, 'utf8')

/** Where the forms of a theme go, by their type. */
const FORMS: Record<string, string> = { customer_login: '/account/login', product: '/cart/add' }

/** The real engine with what Shopify adds to it, over the files of a theme or an extension. */
export const shopifyLiquid = (root: string, { jsonEscapes = false } = {}): Liquid => {
  const engine = new Liquid({ root: `${root}/snippets`, extname: '.liquid', strictFilters: true })
  const texts = JSON.parse(read(`${root}/locales/en.default.json`)) as unknown
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
  const tagWithBody = (name: string, around?: (args: string) => [before: string, after: string]) =>
    engine.registerTag(name, {
      parse(token: TagToken, rest: TopLevelToken[]) {
        this.around = around?.(token.args)
        this.templates = []
        const stream = this.liquid.parser.parseStream(rest)
        stream.on(`tag:end${name}`, () => stream.stop())
        stream.on('template', template => this.templates.push(template))
        stream.start()
      },
      *render(context, emitter) {
        if (!this.around) return
        const [before, after] = this.around
        emitter.write(before)
        yield this.liquid.renderer.renderTemplates(this.templates, context, emitter)
        emitter.write(after)
      },
    })
  tagWithBody('schema')
  tagWithBody('form', args => {
    const type = /'(\w+)'/.exec(args)?.[1] ?? ''
    return [`<form method="post" action="${FORMS[type] ?? ''}">`, '</form>']
  })
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
