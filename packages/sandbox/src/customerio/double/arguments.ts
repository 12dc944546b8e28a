import type { UnknownRecord } from '../../record.ts'

/** What is called when a message has left, with what became of it. */
export type Callback = (dispatched: { event: unknown }) => unknown

const isText = (value: unknown): value is string => typeof value === 'string'
const isCallback = (value: unknown): value is Callback => typeof value === 'function'

/** As the SDK tells objects: instances of classes are, lists and dates are not. */
const isPlainObject = (value: unknown): value is UnknownRecord =>
  Object.prototype.toString.call(value) === '[object Object]'

/** `identify(id?, traits?, options?, callback?)`, each of which may be left out; without an id, who is there already. */
export function identifyArguments(given: readonly unknown[], current: string | null | undefined) {
  const number = given.find(value => typeof value === 'number')
  const id = given.find(isText) ?? number?.toString() ?? current
  const traits = given.find(value => isPlainObject(value) || (value === null && id !== null))
  return { id, traits: (traits ?? {}) as UnknownRecord, callback: given.find(isCallback) }
}

/** `track(name, properties?, options?, callback?)` or `track({ event, properties })`. Throws without a name. */
export function trackArguments([first, second, ...rest]: readonly unknown[]) {
  const name = isPlainObject(first) ? first.event : first
  if (!isText(name) || !name) throw new Error('Event missing')
  const properties = isPlainObject(first) ? (first.properties ?? {}) : second
  return {
    name,
    properties: isPlainObject(properties) ? properties : {},
    callback: [second, ...rest].find(isCallback),
  }
}

/** `page(category?, name?, properties?, options?, callback?)`; of one text only, it is the name. */
export function pageArguments(given: readonly unknown[]) {
  const [first, second] = given.filter(isText)
  const name = second ?? first
  const properties = given.find(value => isPlainObject(value) || (value === null && name !== undefined))
  return {
    category: second === undefined ? undefined : first,
    name,
    properties: (properties ?? {}) as UnknownRecord,
    callback: given.find(isCallback),
  }
}
