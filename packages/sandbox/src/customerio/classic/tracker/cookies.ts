import { CookieJar } from '../../../fullstory/double/cookie-jar.ts'

// "Once set, these cookies persist for up to 365 days": https://docs.customer.io/accounts-and-workspaces/user-privacy
const LIFETIME_SECONDS = 365 * 24 * 3600

/**
 * The two cookies of track.js: `_cioanonid`, set by itself, and `_cioid`, the id that `identify` was called with
 * (https://docs.customer.io/accounts-and-workspaces/user-privacy). Read at each call, so that all tabs agree.
 */
export class Cookies {
  private readonly jar = new CookieJar(undefined)

  get id(): string | null {
    return this.read('_cioid')
  }

  set id(id: string | null) {
    this.write('_cioid', id)
  }

  get anonymousId(): string | null {
    return this.read('_cioanonid')
  }

  set anonymousId(id: string | null) {
    this.write('_cioanonid', id)
  }

  private read(name: string): string | null {
    return decodeURIComponent(this.jar.read(name) ?? '') || null
  }

  private write(name: string, value: string | null): void {
    this.jar.write(name, encodeURIComponent(value ?? ''), value === null ? 0 : LIFETIME_SECONDS)
  }
}
