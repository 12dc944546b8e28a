import type { FullStoryRule } from './view.ts'

/** Properties as the script sends them: suffixes stripped, types decided, nothing validated. */
export interface PropertyBag {
  properties: Record<string, unknown>
  /** Dotted path to type. A `null` or an empty list has no type of its own and is missing here. */
  types: Record<string, string>
  /** V1 names that arrived without a type suffix. */
  missingSuffix: string[]
}

export type MessageBody =
  | { kind: 'page'; url: string }
  | { kind: 'identify'; uid: string }
  | { kind: 'user-properties'; bag: PropertyBag; source?: string }
  | { kind: 'page-properties'; bag: PropertyBag; source?: string }
  | { kind: 'event'; name: string; bag: PropertyBag; source?: string }
  | { kind: 'end'; reason: number }
  | { kind: 'violation'; rule: FullStoryRule; detail: string }

/** Every message names its own user, session and page, so that it means the same in any bundle. */
export interface MessageContext {
  user: string
  session: string
  page: string
}

export interface MessageHeader extends MessageContext {
  /** Counts up from 0 within one stream, without gaps. */
  seq: number
  /** Epoch milliseconds, strictly increasing within one stream. */
  at: number
}

export type Message = MessageHeader & MessageBody

export interface Bundle {
  /** One per document that runs the script. */
  stream: string
  sessionUrlPrefix: string
  messages: Message[]
}

export const DOUBLE_ROUTE = { script: '/s/:ws/fs.js', bundle: '/rec/:ws/bundle' } as const
