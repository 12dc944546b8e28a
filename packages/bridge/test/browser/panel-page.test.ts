import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BRIDGE, SOON } from './doctor-stage.ts'
import { button, dialog, focused, KNOWN, openPanelStage, part, says } from './panel-stage.ts'

let stage: Awaited<ReturnType<typeof openPanelStage>>
beforeAll(async () => {
  stage = await openPanelStage()
})
afterAll(() => stage.close())

describe('for everybody', () => {
  test('by keyboard alone', async () => {
    const { page } = await stage.open({ tags: '<body><input id="search"><!-- snippets -->' })
    await page.evaluate(`
      window.shortcuts = []
      addEventListener('keydown', ({ key }) => shortcuts.push(key))
      search.focus()
      openPanel()`)
    await dialog(page).waitFor()
    expect(await focused(page)).toBe('dialog')
    await dialog(page).getByText('All is well.').waitFor()
    const order = []
    for (let count = 0; count < 8; count++) {
      await page.keyboard.press('Tab')
      // How many there are is another matter.
      order.push((await focused(page))?.replace(/ \(\d+\)$/, ''))
    }
    expect(order).toEqual([
      'Close',
      'What to look at',
      'Who this is',
      'Flags',
      'Last deliveries',
      'Copy report',
      'Show ids',
      'Open replay',
    ])
    const ring = await page.evaluate(() => {
      const link = document.querySelector('retention-bridge-panel')?.shadowRoot?.activeElement as Element
      return getComputedStyle(link).outlineStyle
    })
    expect(ring).toBe('solid')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Space')
    expect(await button(page, 'Show ids').getAttribute('aria-pressed')).toBe('true')
    for (const _ of ['Copy report', 'Last deliveries']) await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    expect(await part(page, 'Last deliveries').getAttribute('open')).toBe('')
    // What is shown changes, what has the focus stays.
    await page.evaluate(() => window.bridge.track('checkout_started'))
    await says(page, 'Last deliveries', /checkout_started/)
    expect(await focused(page)).toMatch(/^Last deliveries \(\d\)$/)
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'detached' })
    expect(await page.evaluate('document.activeElement.id')).toBe('search')
    // The page's own shortcuts were not meant.
    expect(await page.evaluate('shortcuts')).toEqual([])
    await page.keyboard.press('Escape')
    expect(await page.evaluate('shortcuts')).toEqual(['Escape'])
  })

  test.each([
    ['light', { width: 900, height: 700 }],
    ['dark', { width: 900, height: 700 }],
    ['light', { width: 320, height: 600 }],
    ['dark', { width: 390, height: 844 }],
  ] as const)('no barriers (%s, %o)', async (colorScheme, viewport) => {
    const store = stage.store()
    store.faults.customerioScript = 'blocked'
    const visitor = await stage.browser.newContext({ colorScheme, viewport })
    const { page } = await stage.openPanel({ store, visitor, setup: KNOWN.replace(BRIDGE, SOON) })
    await page.evaluate(() => window.bridge.setFlags({ vip_teir: 'gold' } as object))
    await says(page, 'What to look at', /^Problem: Customer\.io (could not be loaded|does not answer)/)
    await says(page, 'What to look at', /^Warning: vip_teir/)
    await part(page, 'Last deliveries').locator('summary').click()
    await button(page, 'Show ids').click()
    expect(await stage.barriers(page)).toEqual([])
    const box = await dialog(page).boundingBox()
    expect(box?.x).toBeGreaterThanOrEqual(0)
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(viewport.width)
    expect((box?.y ?? 0) + (box?.height ?? 999)).toBeLessThanOrEqual(viewport.height)
    // Nothing is cut off sideways.
    expect(
      await dialog(page)
        .locator('main')
        .evaluate(main => main.scrollWidth <= main.clientWidth),
    ).toBe(true)
  })

  test('where the clipboard is refused, the report can be copied by hand', async () => {
    const { page } = await stage.openPanel({
      before: 'navigator.clipboard.writeText = () => Promise.reject(new Error("refused"))',
    })
    await button(page, 'Copy report').click()
    const report = dialog(page).getByRole('textbox', { name: 'Report' })
    await report.waitFor()
    expect(
      await report.evaluate(({ value, selectionEnd }: HTMLTextAreaElement) => selectionEnd === value.length),
    ).toBe(true)
    await dialog(page).getByText('Copy the text above.').waitFor()
    expect(await stage.barriers(page)).toEqual([])
  })
})

describe('the page', () => {
  test('allows nothing: no inline style, no markup from text', async () => {
    const { page, problems } = await stage.openPanel({
      way: 'own tags',
      nonce: 'n1',
      fullstory: 'none',
      customerio: false,
      tags: `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; script-src 'self' 'nonce-n1';
        require-trusted-types-for 'script'; trusted-types 'none'">`,
      setup: SOON,
    })
    await says(page, 'What to look at', /^Problem: FullStory is not on this page\./)
    const looks = await dialog(page).evaluate(section => {
      const { display, borderRadius } = getComputedStyle(section)
      return [display, borderRadius, getComputedStyle((section.getRootNode() as ShadowRoot).host).position]
    })
    expect(looks).toEqual(['flex', '12px', 'fixed'])
    expect(problems).toEqual([])
  })

  test('has rules for everything, which do not reach the panel', async () => {
    const { page } = await stage.openPanel({
      tags: '<style>html > *, body * { display: none !important; font-size: 40px !important; color: red; position: static !important }</style><!-- snippets -->',
    })
    expect(await dialog(page).isVisible()).toBe(true)
    expect(await dialog(page).evaluate(section => getComputedStyle(section).fontSize)).toBe('14px')
    expect(
      await page.locator('retention-bridge-panel').evaluate(host => getComputedStyle(host).position),
    ).toBe('fixed')
  })

  test('is left without a trace when it is closed', async () => {
    const { page, problems } = await stage.open({
      // Timers and listeners that live, those of the vendors' scripts, too.
      before: `
        window.alive = new Set()
        for (const kind of ['Timeout', 'Interval']) {
          const set = window['set' + kind], clear = window['clear' + kind]
          window['set' + kind] = (run, ...more) => {
            const id = set((...given) => { if (kind === 'Timeout') alive.delete(id); run(...given) }, ...more)
            alive.add(id)
            return id
          }
          window['clear' + kind] = id => { alive.delete(id); clear(id) }
        }
        const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype
        window.heard = []
        EventTarget.prototype.addEventListener = function (type, listener, options) {
          if (this === window || this === document) heard.push(type)
          return add.call(this, type, listener, options)
        }`,
      setup: `${BRIDGE}
        window.listening = 0
        const { on } = bridge
        bridge.on = (...given) => { const end = on(...given); listening++; return () => { listening--; end() } }
        window.counts = () => [alive.size, heard.length, listening];`,
    })
    await page.waitForFunction(() =>
      Object.values(window.bridge.status().vendors).every(({ state }) => state === 'ready'),
    )
    const traces = () =>
      page.evaluate(() => [
        document.documentElement.outerHTML,
        document.adoptedStyleSheets.length,
        ...Object(window).counts(),
      ])
    // The vendors' own timers come and go.
    await expect.poll(async () => (await traces())[2]).toBeLessThan(10)
    await page.evaluate('alive.clear()')
    // What looks for elements may listen to the page itself, from its first use on.
    await dialog(page).count()
    const before = await traces()
    await page.evaluate(() => window.openPanel())
    await dialog(page).getByText('All is well.').waitFor()
    expect((await traces())[4]).toBeGreaterThan(0)
    await page.evaluate(() => window.closePanel())
    await expect.poll(traces).toEqual(before)
    await page.evaluate(() => window.closePanel())
    expect(problems).toEqual([])
  })

  test('has one panel, however often it is opened', async () => {
    const { page } = await stage.openPanel()
    await page.evaluate(() => {
      window.openPanel()
      window.openPanel()
    })
    await expect.poll(() => page.locator('retention-bridge-panel').count()).toBe(1)
    await page.evaluate(() => window.closePanel())
    await expect.poll(() => page.locator('retention-bridge-panel').count()).toBe(0)
  })

  test('closes it before it has loaded', async () => {
    const { page } = await stage.open()
    await page.evaluate(() => {
      window.openPanel()
      window.closePanel()
    })
    // A file that is asked for later comes later.
    await page.evaluate("import('/dist/chunks/panel.js').then(() => {})")
    expect(await page.locator('retention-bridge-panel').count()).toBe(0)
  })

  test('is recorded without it', async () => {
    const { page } = await stage.openPanel()
    expect(await page.locator('retention-bridge-panel').getAttribute('class')).toBe('fs-exclude')
  })
})
