import type { Properties, Types } from '../delivery/vendor.ts'
import { fits } from './value.ts'

// Legal in FullStory's browser and server interfaces, and in Customer.io.
const NAME = /^[A-Za-z]\w*$/
const RESERVED = /^(uid|id|cio_id|anonymous_id)$/

/**
 * Copies what a caller passed as plain JSON, field by field: a getter that throws, a cycle, a number that is none or
 * a bad name costs that field only. Returns the names left out as `refused`.
 */
export const clean = (given: unknown) => {
  const properties: Properties = {}
  const types: Types = {}
  const refused: string[] = []
  for (const name of Object.keys(given ?? {}))
    try {
      const value = (given as Properties)[name]
      const text = JSON.stringify(value, (key, part) => {
        // Keys of lists are numbers; the value itself has none.
        if ((!/^\d*$/.test(key) && !NAME.test(key)) || (typeof part === 'number' && !Number.isFinite(part)))
          throw key
        return part
      })
      // What JSON has no word for is as good as not given.
      if (text === undefined) continue
      if (!NAME.test(name) || RESERVED.test(name) || !fits(text)) throw name
      properties[name] = JSON.parse(text)
      if (value instanceof Date) types[name] = 'date'
    } catch {
      refused.push(name)
    }
  return { properties, types, refused }
}
