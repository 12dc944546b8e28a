import type { Properties, Types } from '../delivery/vendor.ts'
import type { FullStoryApi } from './namespace.ts'

const SUFFIXES: Record<string, string> = { number: 'real', boolean: 'bool' }

/**
 * V1 reads a property's type from a suffix of its name and strips it, so that the name to filter by is the same as
 * with V2 (FullStory: "Custom properties"). Lists and objects are sent as their JSON text.
 */
const suffixed = (properties: Properties, types: Types): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      // FullStory's own name takes none.
      name === 'email' ? name : `${name}_${types[name] ?? SUFFIXES[typeof value] ?? 'str'}`,
      typeof value === 'object' ? JSON.stringify(value) : value,
    ]),
  )

interface Options {
  uid?: string
  name?: string
  type?: string
  properties: Properties
  schema: { properties: Types }
}

/** V2 operations by the methods of V1: `FS.identify`, `FS.setUserVars`, `FS.event`, `FS.anonymize`. */
export const fullStoryV1 =
  (fs: FullStoryApi): FullStoryApi =>
  (operation, options, source) => {
    const { uid, name, type, properties, schema } = (options ?? {}) as Options
    if (operation === 'getSession') return fs.getCurrentSessionURL?.(true)
    if (operation === 'getConfig') return
    if (operation === 'setIdentity') return uid ? fs.identify?.(uid, undefined, source) : fs.anonymize?.()
    const vars = suffixed(properties, schema.properties)
    return type ? fs.setUserVars?.(vars, source) : fs.event?.(name as string, vars, source)
  }
