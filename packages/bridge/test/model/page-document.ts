import type { Clock } from './clock.ts'
import type { CookieJar } from './cookie-jar.ts'

/** A script tag that a snippet makes. */
export class ScriptElement {
  src = ''
  onerror: (() => void) | undefined
  parentNode: unknown
  readonly dataset: Record<string, string> = {}
  private readonly attributes = new Map<string, string>()

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value)
    const [, key] = name.match(/^data-(.+)$/) ?? []
    if (key) this.dataset[key.replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase())] = value
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null
  }
}

/** The document of a page that holds scripts and cookies, and nothing to look at. */
export class FakeDocument {
  visibilityState = 'visible'
  readonly readyState = 'complete'
  currentScript: ScriptElement | null = null
  private readonly first = new ScriptElement()
  private readonly scripts = [this.first]

  constructor(
    private readonly jar: CookieJar,
    private readonly clock: Clock,
    onScript: (script: ScriptElement) => void,
  ) {
    this.first.parentNode = {
      insertBefore: (script: ScriptElement) => {
        this.scripts.push(script)
        onScript(script)
      },
    }
  }

  get cookie(): string {
    return this.jar.read()
  }

  set cookie(line: string) {
    this.jar.write(line, this.clock.now)
  }

  createElement(): ScriptElement {
    return new ScriptElement()
  }

  getElementsByTagName(): ScriptElement[] {
    return this.scripts
  }

  /** Knows `script[attribute]` only. */
  querySelector(selector: string): ScriptElement | null {
    const [, attribute = ''] = selector.match(/^script\[([\w-]+)\]$/) ?? []
    return this.scripts.find(script => script.getAttribute(attribute) !== null) ?? null
  }

  addEventListener(): void {}
}
