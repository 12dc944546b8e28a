/** A name that a programmer gave: short, of letters, with two digits at most. Ids, addresses and tokens are not. */
export const safeName = (text: unknown): string | undefined =>
  /^(?!(.*\d){3})[a-z][\w-]{1,23}$/i.exec((text as string) ?? '')?.[0]

const partOf = (element: Element): string => {
  const named = (attribute: string) => safeName(element.getAttribute(attribute))
  const id = named('id')
  const name = named('name')
  const style = [...element.classList].find(safeName)
  return element.localName + (id ? `#${id}` : name ? `[name=${name}]` : style ? `.${style}` : '')
}

/**
 * Which element it is, for a reader of events: `form#payment > div > button.pay`. Up to an id or the body, or until it
 * is long enough; through shadow roots; and never a text, a value or a name that might say who the visitor is.
 */
export const describe = (element: Element): string => {
  let text = ''
  let node: Element | undefined = element
  while (node && !/^body|#|.{50}/.test(text)) {
    text = partOf(node) + (text && ` > ${text}`)
    node = node.parentElement ?? (node.getRootNode() as ShadowRoot).host
  }
  return text
}
