/** How long a description of an element gets, in characters. */
const LONGEST = 100

/** A name that a programmer gave: short, of letters, with two digits at most. Ids, addresses and tokens are not. */
export const safeName = (text: unknown): string | undefined =>
  typeof text === 'string' && text.length < 25 && /^(?!(.*\d){3})[a-z][\w-]+$/i.test(text) ? text : undefined

const partOf = (element: Element): string => {
  const attribute = (name: string) => safeName(element.getAttribute(name))
  const id = attribute('id')
  if (id) return `${element.localName}#${id}`
  for (const name of ['data-testid', 'name']) {
    const value = attribute(name)
    if (value) return `${element.localName}[${name}=${value}]`
  }
  const found = element.getAttribute('class')?.slice(0, 200).split(/\s+/).find(safeName)
  return element.localName + (found ? `.${found}` : '')
}

/**
 * Which element it is, for a reader of events: `form#payment > div > button.pay`. At most four levels, through shadow
 * roots, and never a text, a value or a name that might say who the visitor is.
 */
export const describe = (element: Element): string => {
  let text = ''
  let node: Element | null | undefined = element
  for (let level = 0; node && level < 4 && !/#/.test(text); level++) {
    if (text && node.localName === 'body') break
    const longer: string = partOf(node) + (text && ` > ${text}`)
    if (longer.length > LONGEST) break
    text = longer
    node = node.parentElement ?? (node.getRootNode() as ShadowRoot).host
  }
  return text
}

/** Where something was loaded from: origin and path, without query. Parts of the path that might be ids are `*`. */
export const describeAddress = (address: string): string => {
  const { origin, pathname } = new URL(address)
  const parts = pathname.split('/').map(part => {
    // The names of script files are nobody's, whatever their hash.
    return !part || safeName(part) || /^[\w.-]{1,60}\.m?js$/.test(part) ? part : '*'
  })
  return origin + parts.join('/').slice(0, LONGEST)
}

/** The name of the step that an address stands for: `?step=…`, else the last part of its path that is a name. */
export const stepOf = (address: string): string | undefined => {
  const { hash, pathname, searchParams } = new URL(address)
  const path = /^#!?(\/[^?]*)/.exec(hash)?.[1] ?? pathname
  return safeName(searchParams.get('step')) ?? path.split('/').reverse().find(safeName)
}
