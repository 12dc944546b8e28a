/** One visitor of a browser, from the moment they are somebody new until somebody else takes over. */
export class Epoch {
  /** Addresses that this visitor has given as a guest. */
  readonly addresses = new Set<string>()
  /** Who it may have turned out to be, where the sequence itself leaves that open. */
  readonly later = new Set<Epoch>()
  /** FullStory may not have heard of it before its page was left. */
  isUntold = false
  /** Whoever came after the device had forgotten this one, perhaps before a vendor had heard of it. */
  readonly successors = new Set<Epoch>()
  /** What Customer.io was last given, by name. */
  readonly traits = new Map<string, string>()

  constructor(
    public id: string | null = null,
    public guest: string | null = null,
  ) {
    if (guest) this.addresses.add(guest)
  }

  get isAnonymous(): boolean {
    return this.id === null && this.guest === null
  }

  /** This one, and all that it may have turned out to be. */
  get outcomes(): Set<Epoch> {
    const outcomes = new Set<Epoch>([this])
    // A set goes on to what is added to it meanwhile.
    for (const epoch of outcomes) for (const next of epoch.later) outcomes.add(next)
    return outcomes
  }

  /** Everything by which a vendor may rightly know this visitor. */
  get names(): Set<string> {
    const names = new Set<string>()
    for (const { id, addresses } of this.outcomes) {
      if (id) names.add(id)
      for (const address of addresses) names.add(address)
    }
    return names
  }
}

/** Who the visitor is said to be. */
export interface Visitor {
  id: string | null
  guest: string | null
  /** The address that came with it. */
  email?: string
}

/**
 * Where each of the possible visitors goes when somebody is announced. One possibility goes on as itself when it is
 * stitched; of several, each may have become the one that comes.
 */
export const follow = (from: readonly Epoch[], to: Visitor): Epoch[] => {
  const fresh = new Epoch(to.id, to.guest)
  const result = from.map(epoch => {
    if (epoch.id === to.id && epoch.guest === to.guest) return epoch
    // An address typed by somebody who is known is not a login.
    if (to.guest && epoch.id && !epoch.guest) return epoch
    const stitched = (to.id || to.guest) && !epoch.id && (!epoch.guest || epoch.guest === to.email)
    if (!stitched) return fresh
    if (from.length > 1) {
      epoch.later.add(fresh)
      return fresh
    }
    Object.assign(epoch, { id: to.id, guest: to.guest })
    if (to.guest) epoch.addresses.add(to.guest)
    return epoch
  })
  return [...new Set(result)]
}
