import { need } from '@retention-bridge/sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BRIDGE } from './doctor-stage.ts'
import { button, dialog, KNOWN, linesOf, openPanelStage, part, says } from './panel-stage.ts'

let stage: Awaited<ReturnType<typeof openPanelStage>>
beforeAll(async () => {
  stage = await openPanelStage()
})
afterAll(() => stage.close())

describe('what it shows', () => {
  test('who the visitor is in each tool, and that all is well', async () => {
    const { page, problems } = await stage.openPanel()
    await says(page, 'Who this is', 'Retention Bridge | cu…42 | known')
    await says(page, 'Who this is', /^Customer\.io \| cu…42 \| ready · \d delivered$/)
    await says(page, 'Who this is', 'Customer.io in-app messages | cu…42')
    await says(page, 'Who this is', /^FullStory \| cu…42 \| ready · \d delivered$/)
    await dialog(page).getByText('All is well.').waitFor()
    expect(await linesOf(page, 'What to look at')).toEqual(['None'])
    expect(problems).toEqual([])
  })

  test('each flag with its value, age, source and expiry, as it changes', async () => {
    const setup = `window.bridge = createBridge({ flags: { ...plan, offer: { type: 'str', ttl: '7d', off: 'none' } } });
      bridge.setFlags({ offer: 'mugs' }, { source: 'inbox', at: Date.now() - 42 * 60_000 });
      bridge.setFlags({ purchase_count: 3 }, { at: Date.now() - 5 * 36e5 });`
    const { page } = await stage.openPanel({ setup })
    await says(page, 'Flags', 'offer | mugs | 42 min ago, by inbox · runs out in 7 days')
    await says(page, 'Flags', 'purchase_count | 3 | 5 h ago, by page')
    await page.evaluate(() => window.bridge.setFlags({ vip_tier: 'gold' } as object))
    await says(page, 'Flags', 'vip_tier | gold | just now, by page')
    expect(await part(page, 'Flags').locator('summary').textContent()).toBe('Flags (3)')
  })

  test('the last deliveries with their result, twenty at most, and no values', async () => {
    const { page } = await stage.openPanel({ setup: BRIDGE })
    await page.evaluate(() => {
      window.bridge.setFlags({ cart_flow_variant: 'secret' } as object)
      window.bridge.track('checkout_started', { note: 'secret' })
    })
    await says(
      page,
      'Last deliveries',
      /^\d\d:\d\d:\d\d \| track checkout_started \| Customer\.io · delivered$/,
    )
    await says(page, 'Last deliveries', /\| update cart_flow_variant \| FullStory · delivered$/)
    expect((await linesOf(page, 'Last deliveries')).join()).not.toContain('secret')
    await page.evaluate(() => {
      window.bridge.setConsent('pending')
      for (let count = 0; count < 30; count++) window.bridge.track(`event_${count}`)
      window.bridge.setConsent('denied')
    })
    await says(page, 'Last deliveries', /\| track event_29 \| FullStory · dropped: consent$/)
    expect(await linesOf(page, 'Last deliveries')).toHaveLength(20)
  })

  test('what is wrong in plain words, and what to do', async () => {
    const store = stage.store()
    store.faults.fullstoryScript = 'blocked'
    const { page } = await stage.openPanel({
      store,
      setup: `${KNOWN} bridge.setFlags({ vip_teir: 'gold' });`,
    })
    await says(
      page,
      'What to look at',
      /^Problem: FullStory could not be loaded\. \| An ad blocker .+ \| Is: Error loading .+\. Should be: ready\. \| What to do: .+/,
    )
    await says(page, 'What to look at', /^Warning: vip_teir is not a declared flag\./)
    await dialog(page).getByText('1 problem, 1 warning').waitFor()
    await says(page, 'Who this is', /^FullStory \| not known \| blocked · 0 delivered · \d waiting$/)
  })

  test('the current replay, in a tab of its own', async () => {
    need('popups')
    const { page, visitor } = await stage.openPanel()
    const link = dialog(page).getByRole('link', { name: 'Open replay' })
    expect(await link.evaluate(({ target, rel }: HTMLAnchorElement) => [target, rel])).toEqual([
      '_blank',
      'noopener',
    ])
    const [opened] = await Promise.all([visitor.waitForEvent('page'), link.click()])
    const session = await page.evaluate(() => window.FS('getSession', { format: 'id' }))
    await opened.waitForURL(/session/)
    expect(decodeURIComponent(opened.url())).toContain(`/session/${session}:`)
    // The panel rests while nobody sees it.
    await opened.close()
    await page.evaluate(() => window.FS('shutdown'))
    await link.waitFor({ state: 'hidden' })
  })
})

describe('it masks ids and e-mail addresses until it is asked', () => {
  const GUEST = `window.bridge = createBridge({ flags: { note: { type: 'str', sensitive: 'allow' } }, identity: { guest: 'email' } });
    bridge.guest({ email: 'ada@example.com' });
    bridge.setFlags({ note: 'call ada@example.com' });`

  test('on the page', async () => {
    const { page } = await stage.openPanel({ setup: GUEST })
    await says(page, 'Who this is', /^FullStory \| a…@e….com \|/)
    await says(page, 'Flags', /^note \| call a…@e….com \|/)
    const all = () =>
      page.evaluate(() => document.querySelector('retention-bridge-panel')?.shadowRoot?.textContent)
    expect(await all()).not.toContain('ada@')
    await button(page, 'Show ids').click()
    await says(page, 'Who this is', /^FullStory \| ada@example.com \|/)
    await says(page, 'Flags', /^note \| call ada@example.com \|/)
    await button(page, 'Show ids').click()
    expect(await all()).not.toContain('ada@')
  })

  test('in what is wrong', async () => {
    const { page } = await stage.openPanel()
    await page.evaluate(() => window.FS('setIdentity', { uid: 'somebody_else' }))
    const line = (is: string, should: string) =>
      new RegExp(`^Problem: FullStory takes this visitor .+ \\| Is: ${is}. Should be: ${should}. \\|`)
    await says(page, 'What to look at', line('so…se', 'cu…42'))
    await button(page, 'Show ids').click()
    await says(page, 'What to look at', line('somebody_else', 'cust_1042'))
  })

  test('in the report, which is copied', async () => {
    const { page, visitor } = await stage.openPanel({ setup: GUEST })
    need('clipboard')
    await visitor.grantPermissions(['clipboard-read', 'clipboard-write'])
    const copied = async () => {
      await page.evaluate(() => navigator.clipboard.writeText(''))
      await button(page, 'Copy report').click()
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).not.toBe('')
      return page.evaluate(() => navigator.clipboard.readText())
    }
    await says(page, 'Who this is', /^FullStory \| a…@e….com \|/)
    await dialog(page).getByText('All is well.').waitFor()
    const masked = await copied()
    expect(masked).toMatch(
      /^Retention Bridge, \d{4}-.+: All is well\.\n\npeople:\n- Retention Bridge a…@e….com guest\n/,
    )
    expect(masked).toMatch(/\nflags:\n- note call a…@e….com just now, by page\n/)
    expect(masked).toMatch(/\nreplay: http.+session/)
    expect(masked).not.toContain('ada@')
    await dialog(page).getByText('Copied.').waitFor()
    await button(page, 'Show ids').click()
    expect(await copied()).toContain('- Retention Bridge ada@example.com guest')
  })
})
