import { createHash } from 'node:crypto'
import { Epoch, type Visitor } from './epoch.ts'
import type { OpenPage } from './open-page.ts'
import type { Reference } from './reference.ts'
import { addressOf, type Said, type Sequence } from './steps.ts'

/** Milliseconds after which the SDK has told its listeners of an `identify`. */
const SDK_TELLS_MS = 25

/** Says things on a page, and lets the reference know in the same moment. */
export class Speech {
  constructor(
    private readonly reference: Reference,
    private readonly sequence: Pick<Sequence, 'guest' | 'oneProcess' | 'storageDelay'>,
  ) {}

  /** What a page calls in one task. Nothing without a page. */
  call(open: OpenPage | undefined, said: readonly Said[]): void {
    for (const [index, one] of said.entries()) {
      // The hash of an address takes a moment: a call that follows in the same task is the later one.
      const isOvertaken = said.slice(index + 1).some(({ say }) => say !== 'track' && say !== 'flag')
      if (open) this.say(open, one, isOvertaken)
    }
  }

  private say(open: OpenPage, said: Said, isOvertaken: boolean): void {
    const { bridge } = open.page
    const { reference } = this
    switch (said.say) {
      case 'track':
        bridge.track('seen', { token: reference.token(open) })
        break
      case 'flag':
        bridge.setFlags({ note: reference.token(open) })
        break
      case 'logout':
        this.announce(open, { id: null, guest: null }, {})
        bridge.logout()
        break
      case 'identify': {
        // A hash of an address and the address itself are two people to Customer.io: not both in one sequence.
        const email = said.email && this.sequence.guest !== 'hash' ? addressOf(said.person) : undefined
        const traits = { ...(email && { email }), ...plan(said.person, said.trait) }
        this.announce(open, { id: said.person, guest: null, email }, traits)
        const flags = said.flag ? { note: reference.token(open) } : undefined
        void bridge.identify(said.person, { traits, flags })
        break
      }
      case 'guest': {
        const traits = { email: addressOf(said.person), ...plan(addressOf(said.person), said.trait) }
        const { email } = traits
        if (this.sequence.guest === 'hash') this.announce(open, { id: null, guest: email, email }, traits)
        if (this.sequence.guest !== 'hash' || !isOvertaken) this.announce(open, this.guest(email), traits)
        void bridge.guest(traits)
        break
      }
    }
  }

  /** A support agent begins, or ends, to act as the customer. */
  impersonate(open: OpenPage | undefined, on: boolean): void {
    if (!open || open.isActing === on) return
    // What was said before consent is not said any more.
    if (open.local) open.local = new Epoch()
    // Afterwards the page may know who it was, or have forgotten.
    if (!on && open.consent === 'granted') this.reference.resume()
    if (on && open.page.sessionId === undefined) this.reference.leaveUntold()
    open.isActing = on
    open.page.bridge.impersonate(on)
  }

  private announce(open: OpenPage, to: Visitor, traits: Record<string, string>, spread = this.spread): void {
    // A page without FullStory tells it nothing, and the next page knows only who came last.
    if (/hung|blocked|absent/.test(open.page.arrivals.fullstory)) this.reference.leaveUntold()
    this.reference.announce(open, to, traits, spread)
  }

  private guest(email: string): Visitor {
    const { guest: key } = this.sequence
    const hash = () => createHash('sha256').update(email).digest('hex')
    return { id: key === 'defer' ? null : key === 'email' ? email : hash(), guest: email, email }
  }

  /** Milliseconds until a change is known in all tabs. */
  private get spread(): number {
    return this.sequence.oneProcess ? 0 : 3 * this.sequence.storageDelay + 10
  }

  /** A theme app identifies, or resets, through Customer.io's SDK. */
  foreign(open: OpenPage | undefined, person: string | null, withEmail: boolean): void {
    const sdk = open?.page.sdk
    if (!open || !sdk || !open.isHeard) return
    const { reference } = this
    const sdkId = sdk.user().id() ?? null
    // The SDK of this page has not heard of the last change: what it is told now comes before that, or after.
    const before = reference.current.some(({ id }) => id === sdkId) ? [] : reference.current
    if (person) reference.takeGuests(open, { id: person, guest: null })
    const email = withEmail && this.sequence.guest !== 'hash' && person ? addressOf(person) : undefined
    const traits: Record<string, string> = email ? { email } : {}
    this.announce(
      open,
      { id: person, guest: null, email },
      traits,
      this.spread + SDK_TELLS_MS + this.sequence.storageDelay,
    )
    reference.current = [...new Set([...reference.current, ...before])]
    // It does not ask whether anything is new.
    if (person) reference.changes++
    if (person) void sdk.identify(person, traits)
    else sdk.reset()
  }
}

/** A trait that says whose it is. */
const plan = (owner: string, trait: number): Record<string, string> =>
  trait ? { plan: `${owner} ${trait}` } : {}
