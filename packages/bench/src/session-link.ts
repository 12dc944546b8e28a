import type { BenchStage } from './bench-stage.ts'

/** Of three errors (before a login, after it, after a switch to somebody else): does the link lead to the session? */
export interface SessionLinks {
  right: number
  stale: number
  missing: number
}

/**
 * `@sentry/fullstory` knows no identity: all that it is for is a link from each error to the session. `helped`: the page
 * sets what the integration looks for, and FullStory's SDK of today does not.
 */
export const measureSessionLinks = async (
  stage: BenchStage,
  { helped }: { helped: boolean },
): Promise<SessionLinks> => {
  const shop = await stage.shop('sentry')
  const visitor = await shop.visitor()
  const page = await visitor.newPage()
  await page.goto(shop.url() + (helped ? '?helped' : ''))
  await page.waitForFunction(() => 'links' in window)
  const tally: SessionLinks = { right: 0, stale: 0, missing: 0 }
  for (const uid of [null, 'cust_1042', 'cust_2001']) {
    if (uid) await page.evaluate(id => window.FS('setIdentity', { uid: id }), uid)
    await page.waitForFunction(
      id => (window.FS('getConfig')?.user?.uid ?? null) === id && window.FS('getSession', { format: 'id' }),
      uid,
    )
    const [link, session] = await page.evaluate(async () => {
      const { links } = window as unknown as { links: string[] }
      const before = links.length
      ;(window as unknown as { fail(text: string): void }).fail(`broken ${before}`)
      while (links.length === before) await new Promise(resolve => setTimeout(resolve, 5))
      return [links.at(-1), window.FS('getSession', { format: 'id' })] as [string | undefined, string]
    })
    if (!link) tally.missing++
    else if (decodeURIComponent(link).includes(session)) tally.right++
    else tally.stale++
  }
  await visitor.close()
  return tally
}
