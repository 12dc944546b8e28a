export type Flags = Record<string, string | number | boolean>

/** What a shop's page says, in the words of no tool in particular. */
export interface Peer {
  /** Resolves when the tools take calls. */
  ready(): Promise<unknown>
  page(name: string): void
  flags(flags: Flags): void
  track(name: string, properties: Record<string, string | number>): void
  login(id: string, traits: Record<string, string>): void
  logout(): void
  /** Resolves when everything said so far has been handed to the vendors' own SDKs, or given up. */
  settled(): Promise<unknown>
  /** Tells each vendor's SDK something without the peer, after what it has been told already. */
  mark: { customerio(name: string): void; fullstory(name: string): void }
}

/** What a server renders into its pages for the scripts: whom it takes the visitor for, and the vendors' accounts. */
export interface PageFacts {
  origin: string
  workspace: string
  user: { id: string; email: string } | null
}

declare global {
  interface Window {
    facts: PageFacts
    peer: Peer
    // biome-ignore lint/suspicious/noExplicitAny: the vendors' globals, which have a shape for each version.
    FS: any
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    cioanalytics: any
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    _cio: any
  }
}
