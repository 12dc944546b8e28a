/** A value as JavaScript text, for a page. */
export const literal = (value: unknown): string => {
  if (value === undefined || typeof value === 'function') return 'undefined'
  if (typeof value === 'number' || typeof value === 'bigint')
    return Object.is(value, -0) ? '-0' : `${value}${typeof value === 'bigint' ? 'n' : ''}`
  if (value instanceof Date) return `new Date(${value.getTime()})`
  if (value instanceof RegExp) return String(value)
  if (Array.isArray(value)) return `[${value.map(literal)}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value).map(([name, item]) => `[${JSON.stringify(name)}]: ${literal(item)}`)}}`
  return JSON.stringify(value)
}

/** As JSON, with what JSON has no words for. Runs in the page. */
export const pack = (value: unknown, within: unknown[] = []): unknown => {
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') return { u: 1 }
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
    return { n: Object.is(value, -0) ? '-0' : String(value) }
  if (typeof value === 'bigint') return { b: String(value) }
  if (typeof value !== 'object' || value === null) return { v: value }
  if (within.includes(value)) return { v: '[circular]' }
  const deeper = [...within, value]
  if (value instanceof Date) return { d: value.getTime() }
  if (value instanceof Error) return { e: [value.name, value.message] }
  if (typeof Node !== 'undefined' && value instanceof Node) return { v: `ref: <${value.nodeName}>` }
  if (value === window) return { v: 'ref: <Window>' }
  if (Array.isArray(value)) {
    const items: unknown[] = []
    for (let at = 0; at < value.length; at++) items.push(pack(value[at], deeper))
    return { a: items }
  }
  const entries: unknown[] = []
  for (const name of Object.keys(value)) entries.push([name, pack(Reflect.get(value, name), deeper)])
  return { o: entries }
}

export const unpack = (packed: unknown): unknown => {
  const { v, n, b, d, e, a, o } = packed as Record<string, never>
  if (n !== undefined) return Number(n)
  if (b !== undefined) return BigInt(b)
  if (d !== undefined) return new Date(d)
  if (e !== undefined) return Object.assign(new Error(e[1]), { name: e[0] })
  if (a !== undefined) return (a as unknown[]).map(unpack)
  if (o !== undefined)
    return Object.fromEntries((o as [string, unknown][]).map(([name, item]) => [name, unpack(item)]))
  return v
}
