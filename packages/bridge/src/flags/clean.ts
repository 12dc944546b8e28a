import type { Properties, Types } from '../delivery/vendor.ts'
import { fits, namesOf } from './value.ts'

// Legal in FullStory's browser and server interfaces, and in Customer.io.
const NAME = /^[A-Za-z]\w*$/
/** A name of the first level: not one that would be taken for an id. */
const FIELD = /^(?!(uid|cio_id|id|anonymous_id)$)[A-Za-z]\w*$/

/**
 * Copies what a caller passed as plain JSON, field by field: a getter that throws, a cycle, a number that is none or
 * a bad name costs that field only. Returns the names left out as `refused`.
 *
 * @param refuses whether a field may not leave, its value given as JSON
 */
export const clean = (given: unknown, refuses?: (name: string, json: string) => unknown) => {
  const properties: Properties = {}
  const types: Types = {}
  const refused: string[] = []
  for (const name of namesOf(given))
    try {
      const value = (given as Properties)[name]
      const text = JSON.stringify(value, (key, part) => {
        // Keys of lists are numbers; the value itself has none.
        if (!/^\d*$/.test(key) && !NAME.test(key)) throw key
        if (typeof part === 'number' && !Number.isFinite(part)) throw part
        return part
      })
      // What JSON has no word for is as good as not given.
      if (text === undefined) continue
      if (!FIELD.test(name) || !fits(text) || refuses?.(name, text)) throw name
      properties[name] = JSON.parse(text)
      if (value instanceof Date) types[name] = 'date'
    } catch {
      refused.push(name)
    }
  return { properties, types, refused }
}
