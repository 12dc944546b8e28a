import type { Properties, Types } from '../delivery/vendor.ts'
import { fits, namesOf } from './value.ts'

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
        // Ten megabytes are not written out to be refused.
        const isLong = typeof part === 'string' && !fits(part)
        // A name that is legal in FullStory's browser and server interfaces, and in Customer.io. Keys of lists are
        // numbers; the value itself has none.
        const isName = /^\d*$/.test(key) || /^[A-Za-z]\w*$/.test(key)
        if (isLong || !isName || (typeof part === 'number' && !Number.isFinite(part))) throw key
        return part
      })
      // What JSON has no word for is as good as not given.
      if (text === undefined) continue
      // A name of digits that is written out is no list's, and one of the first level may not be taken for an id.
      const isRefused = /"\d*":/.test(text) || !/^(?!(uid|cio_id|id|anonymous_id)$)[A-Za-z]\w*$/.test(name)
      if (isRefused || !fits(text) || refuses?.(name, text)) throw name
      properties[name] = JSON.parse(text)
      if (value instanceof Date) types[name] = 'date'
    } catch {
      refused.push(name)
    }
  return { properties, types, refused }
}
