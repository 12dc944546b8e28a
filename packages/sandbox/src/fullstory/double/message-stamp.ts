import type { Message, MessageBody, MessageContext } from '../wire.ts'

/** Numbers and dates the messages of one stream. */
export class MessageStamp {
  /** The number of the next message. */
  next = 0
  private lastAt = 0

  mark(context: MessageContext, body: MessageBody): Message {
    this.lastAt = Math.max(Date.now(), this.lastAt + 0.001)
    const message: Message = { ...context, ...body, seq: this.next, at: this.lastAt }
    this.next += 1
    return message
  }
}
