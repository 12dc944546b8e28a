import type { Bundle, Message } from '../wire.ts'
import { MessageStamp } from './message-stamp.ts'
import type { Post } from './recorder.ts'

// Browsers allow 64 KB of keepalive bodies in flight for the whole page; a character is at most 3 bytes.
const CHUNK_CHARACTERS = 16_000
const FIRST_RETRY_MS = 100
const LONGEST_RETRY_MS = 2_000

/** Addresses are asked for when they are needed: `init` may change them. */
interface TransportOptions {
  url: () => string
  stream: string
  sessionUrlPrefix: () => string
  fetch: typeof fetch
  /** The server does not want this page's data, now or later. */
  onRefused: () => void
}

/** Sends numbered messages in order, one request at a time, until each is acknowledged. */
export class Transport {
  private unacknowledged: Message[] = []
  private readonly waiting = new Map<number, () => void>()
  private readonly stamp = new MessageStamp()
  private beaconedBelow = 0
  private retryMs = FIRST_RETRY_MS
  private delivering = false
  private refused = false
  private unloading = false
  private inFlight = new AbortController()

  constructor(private readonly options: TransportOptions) {}

  readonly post: Post = (context, body, onAcknowledged) => {
    if (this.refused) return
    const message = this.stamp.mark(context, body)
    this.unacknowledged.push(message)
    if (onAcknowledged) this.waiting.set(message.seq, onAcknowledged)
    if (this.unloading) this.sendBeacons()
    else this.deliverSoon()
  }

  /** The page is going away: everything not acknowledged leaves now, and so does what still comes. */
  beginUnload(): void {
    this.unloading = true
    this.sendBeacons()
  }

  /** The page came back from the browser's cache. */
  endUnload(): void {
    this.unloading = false
    // Firefox never answers a request that was out when the page went into the cache.
    this.inFlight.abort()
    this.deliverSoon()
  }

  private deliverSoon(): void {
    if (this.delivering) return
    this.delivering = true
    queueMicrotask(() => void this.deliver())
  }

  private async deliver(): Promise<void> {
    while (this.unacknowledged.length > 0 && !this.refused) {
      const chunk = firstChunk(this.unacknowledged)
      const outcome = await this.send(chunk)
      if (outcome === 'refused') {
        this.refused = true
        this.unacknowledged = []
        this.options.onRefused()
      } else if (outcome === 'acknowledged') {
        this.retryMs = FIRST_RETRY_MS
        this.acknowledge(chunk)
      } else {
        await new Promise(resolve => setTimeout(resolve, this.retryMs))
        this.retryMs = Math.min(this.retryMs * 2, LONGEST_RETRY_MS)
      }
    }
    this.delivering = false
  }

  private async send(chunk: Message[]): Promise<'acknowledged' | 'refused' | 'failed'> {
    // A retry goes without keepalive: running into its quota is one reason for the first failure.
    const keepalive = this.retryMs === FIRST_RETRY_MS && chunk.length > 0
    const body = this.serialize(chunk)
    this.inFlight = new AbortController()
    const { signal } = this.inFlight
    // Firefox does not even reject a `keepalive` request that is aborted after the cache.
    const aborted = new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))
    try {
      const request = this.options.fetch(this.options.url(), {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body,
        signal,
        keepalive: keepalive && body.length < 2 * CHUNK_CHARACTERS,
      })
      const response = await Promise.race([request, aborted])
      if (response?.ok) return 'acknowledged'
      return response?.status === 403 ? 'refused' : 'failed'
    } catch {
      return 'failed'
    }
  }

  private acknowledge(chunk: Message[]): void {
    const last = chunk[chunk.length - 1]?.seq ?? -1
    this.unacknowledged = this.unacknowledged.filter(message => message.seq > last)
    for (const { seq } of chunk) {
      const listener = this.waiting.get(seq)
      this.waiting.delete(seq)
      listener?.()
    }
  }

  private sendBeacons(): void {
    let rest = this.unacknowledged.filter(message => message.seq >= this.beaconedBelow)
    while (rest.length > 0) {
      const chunk = firstChunk(rest)
      rest = rest.slice(chunk.length)
      const sent = navigator.sendBeacon(this.options.url(), this.serialize(chunk))
      if (!sent) void this.send(chunk)
    }
    this.beaconedBelow = this.stamp.next
  }

  private serialize(messages: Message[]): string {
    const { stream, sessionUrlPrefix } = this.options
    const bundle: Bundle = { stream, sessionUrlPrefix: sessionUrlPrefix(), messages }
    return JSON.stringify(bundle)
  }
}

/** Always at least one message, however large. */
function firstChunk(messages: Message[]): Message[] {
  let size = 0
  const end = messages.findIndex((message, index) => {
    size += JSON.stringify(message).length
    return index > 0 && size > CHUNK_CHARACTERS
  })
  return end === -1 ? [...messages] : messages.slice(0, end)
}
