import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { BrowserContext, Page } from 'playwright-core'
import { BRIDGE, openDoctorStage } from './doctor-stage.ts'
import { eventually, type PageChoice, type Store } from './stage.ts'

export const KNOWN = `${BRIDGE} bridge.identify('cust_1042', { flags: { vip_tier: 'gold' } });`

interface Choice extends PageChoice {
  store?: Store
  visitor?: BrowserContext
}

/** The stage, with pages on which the panel is open. */
export const openPanelStage = async () => {
  const stage = await openDoctorStage()
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  return {
    ...stage,
    openPanel: async ({ setup = KNOWN, ...choice }: Choice = {}) => {
      const opened = await stage.open({ setup, ...choice })
      await opened.page.evaluate(() => window.openPanel())
      await dialog(opened.page).waitFor()
      return opened
    },
    /** What is wrong with the panel for those who cannot see it, or not well. */
    barriers: async (page: Page): Promise<string[]> => {
      await page.evaluate(axe)
      const { violations } = (await page.evaluate("axe.run('retention-bridge-panel')")) as {
        violations: { id: string; nodes: { html: string }[] }[]
      }
      return [
        ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`),
        ...(await page.evaluate(faintTexts)),
      ]
    },
  }
}

/** Runs in the page: texts with too little contrast (WCAG 2.2, 1.4.3), which axe does not see outside of the body. */
const faintTexts = (): string[] => {
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(part => {
      const share = Number(part) / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const root = document.querySelector('retention-bridge-panel')?.shadowRoot
  return [...(root?.querySelectorAll<HTMLElement>('section *') ?? [])].flatMap(element => {
    if (![...element.childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.trim()))
      return []
    let behind: Element | null = element
    while (behind && getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)')
      behind = behind.parentElement
    const both = [getComputedStyle(element).color, getComputedStyle(behind ?? element).backgroundColor]
    const [dark = 0, light = 0] = both.map(luminance).sort((one, other) => one - other)
    const contrast = (light + 0.05) / (dark + 0.05)
    return contrast < 4.5 ? `${element.textContent}: ${both}, ${contrast}` : []
  })
}

export const dialog = (page: Page) => page.getByRole('dialog', { name: 'Retention Bridge' })
export const button = (page: Page, name: string) => dialog(page).getByRole('button', { name })

/** One of the parts that fold, by its title. */
export const part = (page: Page, title: string) => dialog(page).locator('details', { hasText: title })

/** The lines of a part. */
export const linesOf = (page: Page, title: string): Promise<string[]> =>
  part(page, title)
    .locator('li')
    .evaluateAll(lines =>
      lines.map(line => [...line.children].map(({ textContent }) => textContent).join(' | ')),
    )

/** The panel comes to say this in one of its parts. */
export const says = (page: Page, title: string, line: string | RegExp) =>
  eventually(
    () => linesOf(page, title),
    lines => lines.some(text => (typeof line === 'string' ? text === line : line.test(text))),
    `${title} says ${line}`,
  )

/** What has the focus in the panel, by its text. */
export const focused = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => {
    const element = document.querySelector('retention-bridge-panel')?.shadowRoot?.activeElement
    return element?.getAttribute('role') ?? element?.textContent
  })
