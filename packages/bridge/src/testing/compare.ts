/** What `expect.any(…)` and the like of vitest and jest are. */
interface AsymmetricMatcher {
  asymmetricMatch(value: unknown): boolean
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/**
 * Whether a value is what was expected: objects may have more, lists may not. A `Date` is expected of its ISO text, as
 * both vendors keep it; matchers of vitest and jest are asked.
 */
export const matches = (value: unknown, expected: unknown): boolean => {
  if (expected instanceof Date) return typeof value === 'string' && Date.parse(value) === +expected
  if (!isObject(expected)) return Object.is(value, expected)
  if ('asymmetricMatch' in expected) return (expected as unknown as AsymmetricMatcher).asymmetricMatch(value)
  if (!isObject(value) || Array.isArray(expected) !== Array.isArray(value)) return false
  if (Array.isArray(expected) && expected.length !== (value as unknown as unknown[]).length) return false
  return Object.keys(expected).every(name => matches(value[name], expected[name]))
}

/** A value as it is shown in a message. */
export const show = (value: unknown): string =>
  value instanceof Date ? value.toISOString() : (JSON.stringify(value) ?? String(value))

/** One thing that was looked at; `note` says more where it is not what was expected. */
export interface Row {
  what: string
  expected: unknown
  got: unknown
}

/** What was expected and what was got, line by line; `undefined` when all is as expected. */
export const difference = (
  title: string,
  rows: Row[],
  hints: (string | undefined)[] = [],
): string | undefined => {
  if (rows.every(({ got, expected }) => matches(got, expected))) return undefined
  const width = Math.max(...rows.map(({ what }) => what.length))
  const lines = rows.flatMap(({ what, expected, got }) => {
    const name = what.padEnd(width)
    return matches(got, expected)
      ? [`    ${name}  ${show(got)}`]
      : [`  - ${name}  ${show(expected)}`, `  + ${name}  ${show(got)}`]
  })
  return [title, ...lines, ...hints.filter(hint => hint !== undefined)].join('\n')
}
