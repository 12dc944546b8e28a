import type { WebDriver } from 'selenium-webdriver'

interface NewCookie {
  name: string
  value: string
  domain?: string
  path?: string
  /** Seconds since 1970. */
  expires?: number
}

/** Cookies of a context, by way of a page of it: WebDriver knows those of the site that the page is on. */
export const cookiesOf = (onAnyPage: <T>(act: (driver: WebDriver) => Promise<T>) => Promise<T>) => ({
  cookies: () =>
    onAnyPage(async driver =>
      (await driver.manage().getCookies()).map(cookie => ({
        ...cookie,
        expires: Number(cookie.expiry ?? -1),
      })),
    ),
  clearCookies: ({ name }: { name?: string | RegExp } = {}) =>
    onAnyPage(async driver => {
      for (const cookie of await driver.manage().getCookies())
        if (name === undefined || (typeof name === 'string' ? cookie.name === name : name.test(cookie.name)))
          await driver.manage().deleteCookie(cookie.name)
    }),
  addCookies: (cookies: NewCookie[]) =>
    onAnyPage(async driver => {
      for (const { name, value, domain, path, expires } of cookies)
        await driver.manage().addCookie({
          name,
          value,
          ...(domain && { domain }),
          ...(path && { path }),
          ...(expires && expires > 0 && { expiry: Math.round(expires) }),
        })
    }),
})
