import type { SafeName } from './judge-checkout.ts'

const FILE = /^[\w.-]+\.m?js$/

/** Where something was loaded from: origin and path, without query. Parts of the path that might be ids are `*`. */
export const describeAddress = (address: string, safeName: SafeName): string => {
  const { origin, pathname } = new URL(address)
  // The names of script files are nobody's, whatever their hash.
  return origin + pathname.replace(/[^/]+/g, part => safeName(part) ?? (FILE.test(part) ? part : '*'))
}

/** The step an address stands for: `?step=…`, else the last part that is a name, of its path or of a route behind `#`. */
export const stepOf = ({ hash, pathname, searchParams }: URL, safeName: SafeName): string | undefined => {
  const [route] = (hash[1] === '/' ? hash : pathname).split('?') as [string]
  return safeName(searchParams.get('step')) ?? route.split('/').reverse().find(safeName)
}
