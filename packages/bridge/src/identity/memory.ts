import { readStored, writeStored } from '../globals.ts'
import { isEmail } from './email.ts'
import { readUid } from './uid.ts'
import type { Visitor } from './visitor.ts'

/** The bridge's only key in this browser's `localStorage`, and its name on the page's window. */
export const STORAGE_KEY = 'retention_bridge'
const VERSION = 1

/** This browser's latest visitors, the current one last. Never empty. */
export type Log = readonly Visitor[]

/** What the bridge remembers from one page to the next, and tells other tabs. */
export interface Remembered {
  readonly log: Log
  /** Up to which visitor each vendor has been told: their `n`. */
  readonly told: [customerio: number, fullstory: number]
  /** Flags of the current visitor; not checked. */
  readonly flags: unknown
}

/** Anybody can write to storage: what could not have been said to the bridge is not believed. */
const isVisitor = ({ n, id, guest }: Visitor): boolean =>
  n >= 0 && (!id || readUid(id, true) === id) && (!guest || isEmail(guest))

/** What a stored text says; nothing when it is damaged or of another version. */
const parse = (text: string): Remembered | undefined => {
  try {
    const { v, ...remembered } = JSON.parse(text)
    const { log, told } = remembered as Remembered
    if (v === VERSION && log[0] && log.every(isVisitor) && told[0] >= 0 && told[1] >= 0) return remembered
  } catch {}
}

/** Keeps what is remembered, and tells what another page or tab has stored since this was last asked or stored. */
export const createMemory = () => {
  let seen: string | null
  return {
    /** `undefined` when there is nothing new. */
    news: (again?: boolean): Remembered | undefined => {
      const text = readStored(STORAGE_KEY)
      if (!text || (text === seen && !again)) return
      seen = text
      return parse(text)
    },
    /** False when this browser refuses, which costs repeated calls and nothing else. */
    store: (remembered: Remembered): boolean => {
      const text = JSON.stringify({ v: VERSION, ...remembered })
      if (text === seen) return true
      seen = text
      return writeStored(STORAGE_KEY, text)
    },
  }
}
