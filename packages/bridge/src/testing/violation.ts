/** A rule of a vendor that was broken: the vendor itself would have dropped something, or mixed people up, silently. */
export interface Violation<Vendor extends string = string, Rule extends string = string> {
  readonly vendor: Vendor
  readonly rule: Rule
  /** What broke it. */
  readonly what: string
  /** What to do instead. */
  readonly fix: string
  /** Where the vendor states the rule. */
  readonly source: string
  /** Epoch milliseconds. */
  readonly at: number
}
