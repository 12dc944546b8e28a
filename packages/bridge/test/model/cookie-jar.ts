/** The cookies of one browser, for one host: what `document.cookie` reads and writes in each of its pages. */
export class CookieJar {
  private readonly cookies = new Map<string, string>()

  read(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** `now` decides whether an `expires` of the past takes the cookie away. */
  write(line: string, now: number): void {
    const [pair = '', ...attributes] = line.split(/; ?/)
    const [, name = '', value = ''] = pair.match(/^([^=]+)=(.*)$/) ?? []
    const over = attributes.some(attribute => {
      const [key = '', text = ''] = attribute.split(/=(.*)/)
      if (/^max-age$/i.test(key)) return Number(text) <= 0
      return /^expires$/i.test(key) && Date.parse(text) <= now
    })
    if (over) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }

  /** Takes away the cookies that the test picks. */
  clear(picked: (name: string) => boolean): void {
    for (const name of this.cookies.keys()) if (picked(name)) this.cookies.delete(name)
  }
}
