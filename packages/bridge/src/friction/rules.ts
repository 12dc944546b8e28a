/** The numbers that the judges go by. Each is above 0; anything else is the default. */
export interface FrictionRules {
  /** Clicks of a burst on one thing that make a `rage_click`. Default 3. */
  rageClicks: number
  /** Milliseconds in which they come, and in which nothing may change after the last. Default 1,000. */
  rageWithin: number
  /** Pixels between the first and the last of them, at most. Default 32. */
  rageRadius: number
  /** Milliseconds after which a click that changed nothing is a `dead_click`. Default 3,000. */
  deadAfter: number
  /** Times a form is sent with the same content that make a `repeated_submit`. Default 3. */
  submits: number
  /** Milliseconds in which that is. Default 30,000. */
  submitsWithin: number
  /** Errors on one field, at least a second apart, that make a `validation_error`. Default 3. */
  errors: number
  /** Fields that have to be filled for a `form_abandoned`. Default 2. */
  filledFields: number
  /** Milliseconds without another event of the same kind after one. Default 60,000. */
  coolDown: number
}

const DEFAULTS: FrictionRules = {
  rageClicks: 3,
  rageWithin: 1000,
  rageRadius: 32,
  deadAfter: 3000,
  submits: 3,
  submitsWithin: 30_000,
  errors: 3,
  filledFields: 2,
  coolDown: 60_000,
}

/** The rules as given, each with its default. */
export const readRules = (given: Partial<FrictionRules> = {}): FrictionRules => {
  const rules = { ...DEFAULTS }
  for (const name of Object.keys(DEFAULTS) as (keyof FrictionRules)[])
    if (Number.isFinite(given[name]) && (given[name] as number) > 0) rules[name] = given[name] as number
  return rules
}
