import type { Message } from './wire.ts'

/**
 * Gives back the messages of one stream in the order they were numbered. Requests overtake each other
 * (retries, beacons at page end), so a message waits until all before it are there, and one that was
 * sent twice is given once.
 */
export class StreamOrder {
  private next = 0
  private readonly early = new Map<number, Message>()

  accept(messages: Message[]): Message[] {
    for (const message of messages) {
      if (message.seq >= this.next) this.early.set(message.seq, message)
    }
    const ready: Message[] = []
    for (let message = this.early.get(this.next); message; message = this.early.get(this.next)) {
      this.early.delete(this.next)
      this.next += 1
      ready.push(message)
    }
    return ready
  }
}
