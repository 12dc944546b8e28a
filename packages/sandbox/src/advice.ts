/** What to do so that a rule is kept, and where the vendor states it. */
export interface Advice {
  fix: string
  source: string
}
