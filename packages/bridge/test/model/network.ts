import { CustomerIoCollector } from '../../../sandbox/src/customerio/collector.ts'
import type { CioMessage } from '../../../sandbox/src/customerio/message.ts'
import { FullStoryCollector } from '../../../sandbox/src/fullstory/collector.ts'
import type { Bundle, Message } from '../../../sandbox/src/fullstory/wire.ts'
import type { Clock, TimerOwner } from './clock.ts'

/** Milliseconds on the way to a vendor. */
const LATENCY_MS = 10

/** Both vendors' servers, and the way there. */
export class Network implements TimerOwner {
  readonly state = 'live'
  readonly customerio = new CustomerIoCollector()
  readonly fullstory = new FullStoryCollector()
  /** Everything FullStory was sent, once each and with the page it came from; the collector holds the latest only. */
  readonly recorded: (Message & { stream: string })[] = []
  private readonly seen = new Set<string>()

  constructor(private readonly clock: Clock) {
    this.fullstory.declare(['note', 'cio_id'])
  }

  /** A message leaves its page now; once on the way it arrives, whatever becomes of the page. */
  postToCustomerIo(page: TimerOwner, message: CioMessage): Promise<void> {
    return this.send(page, () => this.customerio.apply(message, this.clock.now))
  }

  postToFullStory(page: TimerOwner, body: string): Promise<void> {
    return this.send(page, () => this.takeBundle(body))
  }

  /** What a page that is being left has handed to the browser. */
  takeBundle(body: string): void {
    const bundle: Bundle = JSON.parse(body)
    for (const message of bundle.messages) {
      const name = `${bundle.stream} ${message.seq}`
      if (!this.seen.has(name)) this.recorded.push({ ...message, stream: bundle.stream })
      this.seen.add(name)
    }
    this.fullstory.apply(bundle)
  }

  private send(page: TimerOwner, arrive: () => void): Promise<void> {
    return new Promise(answered =>
      this.clock.after(this, LATENCY_MS, () => {
        arrive()
        this.clock.after(page, LATENCY_MS, answered)
      }),
    )
  }
}
