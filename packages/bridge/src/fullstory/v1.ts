import type { Attach } from '../delivery/on-demand.ts'
import type { Properties, Types } from '../delivery/vendor.ts'
import type { FullStoryApi } from './find-fullstory.ts'

const SUFFIXES: Record<string, string> = { number: 'real', boolean: 'bool' }

/**
 * V1 reads a property's type from a suffix of its name and strips it, so that the name to filter by is the same as
 * with V2 (FullStory: "Custom properties"). Lists and objects are sent as their JSON text.
 */
const suffixed = (properties: Properties, types: Types): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      // FullStory's own names take none.
      /^(email|pageName)$/.test(name) ? name : `${name}_${types[name] ?? SUFFIXES[typeof value] ?? 'str'}`,
      value && typeof value === 'object' && types[name] !== 'strs' ? JSON.stringify(value) : value,
    ]),
  )

/** The options that the adapter gives; each operation is told by the one that only it has. */
interface Options {
  uid?: string
  anonymous?: boolean
  format?: string
  name?: string
  type?: string
  /** With `schema`. */
  properties?: Properties
  schema: { properties: Types }
}

/** V2 operations by the methods of V1: `FS.identify`, `FS.setUserVars`, `FS.setVars`, `FS.event`, `FS.anonymize`. */
export const fullStoryV1 =
  (fs: FullStoryApi): FullStoryApi =>
  (operation, options, source) => {
    const { uid, anonymous, format, name, type, properties, schema } = (options ?? {}) as Options
    if (operation === 'shutdown' || operation === 'restart') return fs[operation]?.()
    if (uid) return fs.identify?.(uid, undefined, source)
    if (anonymous) return fs.anonymize?.()
    if (format) return fs.getCurrentSessionURL?.(true)
    if (!properties) return
    const vars = suffixed(properties, schema.properties)
    return name
      ? fs.event?.(name, vars, source)
      : type === 'page'
        ? fs.setVars?.(type, vars, source)
        : fs.setUserVars?.(vars, source)
  }

/** Milliseconds between two looks for a session, and how many: snippets before 2.0 tell nobody. */
const PAUSE = 50
const LOOKS = 1200

/** FullStory by the methods of V1. A snippet that can be observed is, whichever interface is wanted. */
export const attach: Attach = async (given, turn) => {
  const sdk = given as FullStoryApi
  const { capture, fullStory, observe } = await import('./find-fullstory.ts')
  const vendor = fullStory('v1', fullStoryV1(sdk), sdk)
  const look = (left: number) => {
    if (sdk.getCurrentSessionURL?.()) {
      capture.runs = true
      turn('ready', '', vendor)
    } else if (left) setTimeout(look, PAUSE, left - 1)
  }
  if (Number.parseFloat(sdk._v as string) < 2) look(LOOKS)
  else observe(sdk, vendor, turn)
  vendor.resume()
}
