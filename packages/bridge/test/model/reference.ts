import { Epoch, follow, type Visitor } from './epoch.ts'

/** A page as the reference knows it. */
export interface Speaker {
  /** Nothing that is said may go anywhere: consent was refused, or an agent acts as the customer. */
  readonly isSilent: boolean
  /** Who its visitor is as long as consent is not given and nobody else is told. */
  local: Epoch | undefined
}

interface Token {
  readonly about: readonly Epoch[]
  /** Nobody had an id yet when it was said. */
  readonly isAnonymous: boolean
  /** Said without consent: must be nowhere. */
  readonly forbidden: boolean
}

const NOT_SAID: Token = { about: [], isAnonymous: false, forbidden: true }

/** What was said about whom. Knows nothing of how the library works, only what its documentation promises. */
export class Reference {
  /** The visitor of the browser; several where the sequence leaves it open who that is. */
  current: Epoch[] = [new Epoch()]
  readonly tokens = new Map<string, Token>()
  /** How often the id, or a trait, was said to be another one. */
  changes = 0
  /** A guest was forgotten by the device, or identified by somebody else: nothing renews the anonymous id then. */
  isGuestLost = false
  /** How often a page began to speak again after a silence. */
  resumptions = 0
  /** Everybody there has been. */
  private readonly known = new Set<Epoch>()
  private unsettled: { by: Speaker; until: number; earlier: Epoch[] } | undefined

  /** `spread` is how many milliseconds a change takes to be known in every tab. */
  constructor(private readonly now: () => number) {}

  /** Whom something is about that is said on this page now. */
  about(page: Speaker): Epoch[] {
    if (page.local) return [page.local]
    const { by, earlier = [] } = (this.isUnsettled && this.unsettled) || {}
    return by === page ? this.current : [...new Set([...this.current, ...earlier])]
  }

  get isUnsettled(): boolean {
    return this.unsettled !== undefined && this.now() < this.unsettled.until
  }

  /** Milliseconds until a change that was said on another page is known on this one. */
  unsettledFor(page: Speaker): number {
    const { by, until = 0 } = this.unsettled ?? {}
    return by === page ? 0 : Math.max(0, until - this.now())
  }

  token(page: Speaker): string {
    const name = `t${this.tokens.size}`
    const about = this.about(page)
    const isAnonymous = about.every(({ id }) => id === null)
    this.tokens.set(name, { about, isAnonymous, forbidden: page.isSilent })
    return name
  }

  /** Somebody is announced on a page. Other tabs hear of it within `spread` milliseconds. */
  announce(page: Speaker, to: Visitor, traits: Record<string, string>, spread: number): void {
    if (page.isSilent) {
      // A logout counts when consent is given again. FullStory may not have heard of the person who left.
      if (!to.id && !to.guest) this.leaveUntold()
      return
    }
    // Before anybody hears of the first of two such changes, the second has hidden it.
    if (spread && this.isUnsettled) this.leaveUntold()
    const from = this.about(page)
    // Texts: one that is stitched goes on as the same object.
    const describe = (epochs: Epoch[]) => epochs.map(({ id, guest }) => `${id} ${guest}`).join()
    const before = describe(from)
    const result = follow(from, to)
    const isChanged = before !== describe(result) || result[0] !== from[0]
    if (isChanged) this.changes++
    this.count(result, traits)
    if (page.local) page.local = result[0]
    else this.become(page, from, result, isChanged ? spread : 0)
  }

  /** Consent is given: what was said without it on these pages counts from now on. */
  grant(pages: readonly Speaker[]): void {
    const locals = pages.flatMap(({ local }) => local ?? [])
    const claims = locals.filter(({ isAnonymous }) => !isAnonymous)
    for (const claim of claims) this.known.add(claim)
    const possible = [...this.current, ...claims]
    for (const epoch of [...locals, ...this.current])
      if (epoch.isAnonymous) for (const other of possible) if (other !== epoch) epoch.later.add(other)
    for (const claim of claims)
      for (const other of possible) if (other.id === claim.id) claim.later.add(other)
    this.current = possible
    for (const page of pages) page.local = undefined
  }

  /** A page speaks again, which was silent: it may know who it was, or have forgotten. */
  resume(): void {
    this.resumptions++
    const nobody = new Epoch()
    for (const epoch of this.current) nobody.later.add(epoch)
    this.current = [...this.current, nobody]
  }

  /** The visitor may be forgotten, in part: nobody, or who it was. */
  forget(wholly: boolean): void {
    const nobody = new Epoch()
    for (const epoch of wholly ? [] : this.current) nobody.later.add(epoch)
    if ([...this.known].some(({ addresses }) => addresses.size)) this.isGuestLost = true
    if (!wholly) for (const epoch of [...this.known, ...this.current]) epoch.successors.add(nobody)
    // A vendor that had not heard of the last change may bring back anybody.
    this.current = wholly ? [nobody] : [...new Set([...this.known, ...this.current, nobody])]
    this.unsettled = undefined
  }

  /** A page is gone before others could hear from it what was done there. */
  lose(page: Speaker): void {
    if (!this.isUnsettled || this.unsettled?.by !== page) return
    const nobody = new Epoch()
    // Whoever was anonymous may still be, and become somebody else.
    for (const epoch of this.current) epoch.successors.add(nobody)
    this.current = [...new Set([...this.current, ...this.unsettled.earlier, nobody])]
    this.unsettled = undefined
  }

  /** All pages agree that it is this id: false when it cannot be. Final once Customer.io's SDK had its say. */
  observe(id: string | null, isFinal: boolean): boolean {
    const possible = this.current.filter(epoch => epoch.id === id)
    if (possible.length && isFinal) this.current = possible
    return possible.length > 0
  }

  /** Whether something may be on a profile known by these names; tokens that nobody said are not. */
  mayBeOn(token: string, names: readonly (string | null)[]): boolean {
    const { about, isAnonymous, forbidden } = this.tokens.get(token) ?? NOT_SAID
    if (forbidden) return false
    const possible = about.flatMap(epoch => [...epoch.outcomes])
    if (isAnonymous) possible.push(...possible.flatMap(({ successors }) => [...successors]))
    return possible.some(epoch => names.some(name => name !== null && epoch.names.has(name)))
  }

  /** A page is silenced or left while FullStory takes no calls: what it has not heard by now, it never hears. */
  leaveUntold(): void {
    for (const epoch of this.known) epoch.isUntold = true
  }

  /**
   * Whether FullStory can keep something apart from whoever comes next. It cannot begin a new anonymous visitor, so
   * it cannot for a guest, nor for somebody who had no id then and whose id it may never have heard.
   */
  isSeparable(token: string): boolean {
    const { about, isAnonymous } = this.tokens.get(token) ?? NOT_SAID
    const outcomes = about.flatMap(epoch => [...epoch.outcomes])
    if (outcomes.some(({ id, addresses }) => id === null && addresses.size > 0)) return false
    return !isAnonymous || !outcomes.some(({ isUntold }) => isUntold)
  }

  /** Whether what is said to be somebody's may be on a profile known by these names. */
  mayBelongTo(owner: string, names: readonly (string | null)[]): boolean {
    if (names.includes(owner)) return true
    return [...this.known].some(
      epoch => epoch.names.has(owner) && names.some(name => name && epoch.names.has(name)),
    )
  }

  /** Somebody else identifies a guest through the SDK, whose anonymous id and traits go with it. */
  takeGuests(page: Speaker, to: Visitor): void {
    const next = new Epoch(to.id)
    for (const epoch of this.about(page))
      if (epoch.guest) {
        epoch.later.add(next)
        this.isGuestLost = true
      }
  }

  private become(page: Speaker, from: Epoch[], result: Epoch[], spread: number): void {
    const earlier = [...this.current, ...((this.isUnsettled && this.unsettled?.earlier) || [])]
    for (const epoch of result) if (!epoch.isAnonymous) this.known.add(epoch)
    const isCertain = from.length === this.current.length
    this.current = isCertain ? result : [...new Set([...result, ...this.current])]
    if (spread) this.unsettled = { by: page, until: this.now() + spread, earlier }
  }

  private count(epochs: readonly Epoch[], traits: Record<string, string>): void {
    let isNew = false
    for (const epoch of epochs)
      for (const [name, value] of Object.entries(traits)) {
        if (epoch.traits.get(name) !== value) isNew = true
        epoch.traits.set(name, value)
      }
    if (isNew) this.changes++
  }
}
