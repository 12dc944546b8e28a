import { readStored, writeStored } from '../globals.ts'
import { NOBODY, type Visitor } from './visitor.ts'

/** The bridge's only key in this browser's `localStorage`. */
export const STORAGE_KEY = 'retention_bridge'
const VERSION = 1

/** What the bridge remembers from one page to the next, and tells other tabs. */
export interface Remembered extends Visitor {
  /** One bit for each vendor that has not been told who the visitor is. */
  owed?: number
  /** Flags of this visitor; not checked. */
  flags?: unknown
}

/** What a stored text says; an anonymous visitor when it is damaged or of another version. */
const parse = (text: string): Remembered => {
  try {
    const { v, ...remembered } = JSON.parse(text)
    if (v === VERSION) return { ...NOBODY, ...remembered }
  } catch {}
  return NOBODY
}

/** Tells what another page or tab has stored since this was last asked or stored; `undefined` when nothing. */
export const createMemory = () => {
  let seen: string | null = null
  return {
    news: (): Remembered | undefined => {
      const text = readStored(STORAGE_KEY)
      if (text === seen || text === null) return
      seen = text
      return parse(text)
    },
    /** False when this browser refuses, which costs repeated calls and nothing else. */
    store: (remembered: Remembered): boolean => {
      seen = JSON.stringify({ v: VERSION, ...remembered })
      if (writeStored(STORAGE_KEY, seen)) return true
      seen = readStored(STORAGE_KEY)
      return false
    },
  }
}
