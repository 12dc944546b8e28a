import { posix } from 'node:path'

const IMPORT = /\b(import\(|import|from)(\s*)(["'])(\.{1,2}\/[^"']+)\3/g

/** How a script tag names the folder of its files, and where it adds one of their names. */
const FOLDER = /\bnew URL\((["'])([\w-]+\/)\1/
const ADDED = /\+\s*(["'])([\w-]+\.js)\1/g

/** Names of all other assets begin with it, so that none is another's of the theme. */
const PREFIX = 'retention-bridge-'

/** A name that is no other file's among all assets of a theme. */
const flatName = (path: string) => {
  const name = posix.basename(path)
  return name.startsWith(PREFIX.slice(0, -1)) ? name : PREFIX + name
}

/**
 * A script and all files it imports, for one flat folder, as Shopify's assets are: imports name the files there.
 *
 * @param entry the script's path
 * @param read the text of a path; a path that is not there should throw
 * @returns texts by file name. Throws if two files would have one name.
 */
export const flatAssets = (entry: string, read: (path: string) => string): Map<string, string> => {
  const assets = new Map<string, string>()
  const paths = new Map<string, string>()
  const add = (path: string): string => {
    const name = flatName(path)
    const before = paths.get(name)
    if (before === path) return name
    if (before) throw new Error(`${before} and ${path} would both be ${name}`)
    paths.set(name, path)
    const relative = (to: string) => add(posix.join(posix.dirname(path), to))
    const text = read(path)
    const [, , folder] = FOLDER.exec(text) ?? []
    if (folder) for (const [, , file] of text.matchAll(ADDED)) relative(`${folder}${file}`)
    const flat = text
      .replace(FOLDER, `new URL($1${PREFIX}$1`)
      .replace(IMPORT, (_, word, space, quote, to) => `${word}${space}${quote}./${relative(to)}${quote}`)
    assets.set(name, flat)
    return name
  }
  add(entry)
  return assets
}
