import { createRequire } from 'node:module'

export type Text = string | RegExp
interface Parts {
  escapeForTextSelector(text: Text, exact: boolean): string
  escapeForAttributeSelector(text: Text, exact: boolean): string
  urlMatches(base: string | undefined, url: string, match: unknown): boolean
}
/** Exported by playwright-core without types. */
const { iso } = createRequire(import.meta.url)('playwright-core/lib/coreBundle') as { iso: Parts }

export const urlMatches = (url: string, match: unknown): boolean =>
  match === undefined || iso.urlMatches(undefined, url, match)

export interface RoleOptions {
  name?: Text
  exact?: boolean
  checked?: boolean
  expanded?: boolean
  level?: number
  pressed?: boolean
  selected?: boolean
}

/** Playwright's selectors of what its locators are made with. */
export const selectors = {
  role: (role: string, { name, exact = false, ...states }: RoleOptions = {}) =>
    `internal:role=${role}${Object.entries(states)
      .map(([state, value]) => `[${state}=${value}]`)
      .join('')}${name === undefined ? '' : `[name=${iso.escapeForAttributeSelector(name, exact)}]`}`,
  text: (text: Text, { exact = false } = {}) => `internal:text=${iso.escapeForTextSelector(text, exact)}`,
  label: (text: Text, { exact = false } = {}) => `internal:label=${iso.escapeForTextSelector(text, exact)}`,
  hasText: (text: Text) => `internal:has-text=${iso.escapeForTextSelector(text, false)}`,
  hasNotText: (text: Text) => `internal:has-not-text=${iso.escapeForTextSelector(text, false)}`,
  has: (selector: string) => `internal:has=${JSON.stringify(selector)}`,
  nth: (at: number) => `nth=${at}`,
}
