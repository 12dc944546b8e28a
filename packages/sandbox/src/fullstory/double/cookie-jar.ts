import type { Cookies } from './visitor.ts'

/** First-party cookies on the registrable domain; memory where the document has none (sandboxed frame). */
export class CookieJar implements Cookies {
  private readonly fallback = new Map<string, string>()
  private readonly domain: string | null

  constructor(domain: string | undefined) {
    this.domain = domain ?? registrableDomain()
  }

  read(name: string): string | null {
    const prefix = `${name}=`
    const pair = readCookies()?.find(cookie => cookie.startsWith(prefix))
    return pair?.slice(prefix.length) ?? this.fallback.get(name) ?? null
  }

  write(name: string, value: string, lifetimeSeconds: number): void {
    const written = writeCookie(name, value, lifetimeSeconds, this.domain)
    if (!written) this.fallback.set(name, value)
  }
}

function readCookies(): string[] | null {
  try {
    return document.cookie.split('; ')
  } catch {
    return null
  }
}

function writeCookie(name: string, value: string, lifetimeSeconds: number, domain: string | null): boolean {
  const attributes = [`${name}=${value}`, 'path=/', `max-age=${lifetimeSeconds}`, 'SameSite=Lax']
  if (domain) attributes.push(`domain=${domain}`)
  if (location.protocol === 'https:') attributes.push('Secure')
  try {
    // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is asynchronous; the id has to be readable now.
    document.cookie = attributes.join('; ')
    return readCookies()?.includes(`${name}=${value}`) ?? false
  } catch {
    return false
  }
}

/** The broadest domain the browser lets this host write to: browsers know the public suffix list, we need not. */
function registrableDomain(): string | null {
  const labels = location.hostname.split('.')
  if (labels.length < 2 || /^[\d.]+$/.test(location.hostname)) return null
  for (let count = 2; count <= labels.length; count += 1) {
    const domain = labels.slice(-count).join('.')
    if (writeCookie('fs_probe', '1', 60, domain)) {
      writeCookie('fs_probe', '', 0, domain)
      return domain
    }
  }
  return null
}
