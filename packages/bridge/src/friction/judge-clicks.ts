import type { FlagPlan, FlagValues } from '../flags/plan.ts'
import { monotonicNow, pageAddress, pageDocument } from '../globals.ts'
import { STORAGE_KEY } from '../identity/memory.ts'
import type { Bridge } from '../methods.ts'
import { isSeen } from './answers.ts'
import { clickable, isFollowed, isHeld } from './clickable.ts'
import type { FrictionOptions } from './index.ts'
import type { Heard, Judge, Later, Listen, Say } from './judge-checkout.ts'
import type { FrictionKind, frictionKinds } from './kinds.ts'
import { describe, safeName } from './names.ts'

/** Milliseconds without another event of the same kind after one. */
const COOL_DOWN = 60_000
/** Milliseconds in which three clicks are rage, and in which nothing may change after the last of them. */
const RAGE = 1000
/** Milliseconds after which a click that changed nothing is dead. */
const DEAD = 3000
/** Milliseconds by which a timer may be late before the page was too busy to be judged, or showed a dialog. */
const LATE = 500
/** Clicks that are kept while the page has not answered them. */
const KEPT = 20

const WHOLE = { subtree: true, childList: true, attributes: true, characterData: true }

/**
 * Judges clicks, until `lifetime` ends, and lets others judge forms and the checkout. Loaded once there is consent.
 * While the page handles an event, it is only taken down; all else comes afterwards.
 */
export const judgeClicks = (
  lifetime: AbortController,
  all: typeof frictionKinds,
  bridge: Bridge<FlagPlan>,
  {
    flag,
    kinds = all as readonly FrictionKind[],
    isCheckout = ({ pathname }) => /checkout/i.test(pathname),
  }: FrictionOptions<FlagPlan> = {},
): void => {
  const { signal } = lifetime
  if (signal.aborted) return
  const document = pageDocument()
  const page = document.defaultView as unknown as Window & Record<string, unknown>
  /** Another one, or none, when the bridge is destroyed. */
  const bridgeOfPage = page[STORAGE_KEY]
  const said: { [Kind in FrictionKind]?: number } = {}
  /** The document and the open shadow trees in it, as far as they are known: an observer sees one at a time. */
  const trees = new Set<ParentNode>()
  /** What scripts put into fields nobody tells. They are looked for between clicks, which takes long on large pages. */
  let fields: HTMLInputElement[]
  let known: number
  /** What the fields had in them when the first click was made that the page has not answered. Each wait is another. */
  let waiting: [values: string] | undefined
  /** The thing that was clicked on, the clicks on it, latest first, and what is due when nothing answers them. */
  let what: Element | undefined
  let clicks: MouseEvent[]
  let timer: ReturnType<typeof setTimeout>
  let press = {} as PointerEvent
  let step: string | undefined
  let more: Promise<Judge> | undefined

  const rank = (kind: unknown) => all.indexOf(kind as FrictionKind)
  const say: Say = (kind, target, count) => {
    const now = monotonicNow()
    if (signal.aborted || now - (said[kind] as number) < COOL_DOWN || !kinds.includes(kind)) return
    said[kind] = now
    bridge.track('friction_detected', { kind, step, target, count })
    if (!flag) return
    const value = bridge.status().flags[flag]?.value
    const worst = rank(value) > rank(kind) ? value : kind
    // Said again, its lifetime begins anew.
    bridge.setFlags({ [flag]: worst } as FlagValues<FlagPlan>, { source: 'friction' })
  }

  const values = () => `${fields.map(({ value }) => value)}`
  const answer = () => {
    waiting = what = undefined
    clearTimeout(timer)
    observer.disconnect()
  }
  const observer = new MutationObserver(records => {
    if (records.some(isSeen)) answer()
  })
  const later: Later = (act, time = 0) => {
    const due = monotonicNow() + time
    return setTimeout(() => {
      try {
        if (monotonicNow() - due > LATE || (waiting && waiting[0] !== values())) answer()
        act()
      } catch {
        // A hostile page, or an option that throws.
      }
    }, time)
  }

  const listen: Listen = (root, types, listener = hear) => {
    for (const type of types.split(' '))
      root?.addEventListener(type, listener, { capture: true, passive: true, signal })
  }
  /** Hears what does not get out of a tree. */
  const enter = (tree: ParentNode) => {
    trees.add(tree)
    listen(tree, 'scroll toggle', answer)
    listen(tree, 'change submit invalid')
  }
  const enterAll = (tree: ParentNode) => {
    enter(tree)
    for (const { shadowRoot } of tree.querySelectorAll('*')) if (shadowRoot) enterAll(shadowRoot)
  }
  const findFields = () => {
    fields = []
    for (const tree of trees)
      if (tree.isConnected) fields.push(...tree.querySelectorAll('input'))
      else trees.delete(tree)
    known = trees.size + fields.length
  }
  const wait = () => {
    waiting = [values()]
    for (const tree of trees) observer.observe(tree, WHOLE)
  }

  const judge = (click: PointerEvent, path: readonly Element[], pressed: PointerEvent) => {
    const target = clickable(path)
    if (!target || (click.detail && isHeld(click, pressed))) return what || answer()
    if (isFollowed(target.closest('a')?.href, click)) return answer()
    clicks = [click, ...(target === what ? clicks : [])].slice(0, KEPT)
    what = target
    // Not by a key, which may be held down.
    const isRage = click.detail && click.timeStamp - (clicks[2]?.timeStamp as number) < RAGE
    if (!isRage && clicks[1]) return
    clearTimeout(timer)
    timer = later(
      () => {
        if (!what) return
        answer()
        const before = known
        enterAll(document)
        // In a tree or a field that was not known yet there may have been an answer.
        findFields()
        if (known <= before) say(all[isRage ? 1 : 0], describe(target), clicks.length)
      },
      isRage ? RAGE : DEAD,
    )
  }

  const pass = async (heard?: Heard, address = pageAddress(), path?: readonly EventTarget[]) => {
    try {
      if (
        more ||
        isCheckout(new URL(address)) ||
        path?.some(node => (node as Element).localName === 'form')
      ) {
        more ??= import('./judge-checkout.ts').then(({ judgeCheckout }) =>
          judgeCheckout(say, later, listen, page, isCheckout, safeName, describe, signal, to => {
            step = to
          }),
        )
        const judgeMore = await more
        judgeMore(heard, address, path)
      }
    } catch {
      // As above, or the file does not come.
    }
  }

  const hear = (event: Event) => {
    const { type } = event
    if (page[STORAGE_KEY] !== bridgeOfPage) return lifetime.abort()
    // What a script does is the page's answer, to a click on something else.
    if (!event.isTrusted) return answer()
    if (type === 'pointerdown') press = event as PointerEvent
    const pressed = press
    const address = pageAddress()
    const path = event.composedPath()
    if (type === 'click' && !waiting) wait()
    const began = waiting
    later(() => {
      const { destination } = event as Event & Heard
      for (const node of path) if (node instanceof ShadowRoot) enter(node)
      if (!waiting) findFields()
      // Left to the browser, a form leads away, or shows what is wrong with it. A lone `#` leads nowhere.
      if (destination ? !/#$/.test(destination.url) : /mit|inv/.test(type) && !event.defaultPrevented)
        answer()
      if (type === 'click' && began === waiting) judge(event as PointerEvent, path as Element[], pressed)
      pass(event, address, path)
    })
  }

  listen(page, 'pointerdown click')
  listen(page.navigation as EventTarget | undefined, 'navigate')
  listen(page, 'focusin blur copy pause play volumechange resize', answer)
  enterAll(document)
  findFields()
  signal.onabort = answer
  signal.addEventListener('abort', bridge.on('delivered', pass))
  pass()
}
