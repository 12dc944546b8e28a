import type { Advice } from '../../../sandbox/src/advice.ts'

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

/** What a vendor's server has noted, with what to do about it. */
export const advised = <Vendor extends string, Rule extends string>(
  noted: readonly { vendor: Vendor; rule: Rule; detail: string; at: number }[],
  advice: Record<Rule, Advice>,
): Violation<Vendor, Rule>[] =>
  noted.map(({ vendor, rule, detail, at }) => ({ vendor, rule, what: detail, ...advice[rule], at }))
