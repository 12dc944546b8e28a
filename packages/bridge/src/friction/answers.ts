import { type Destination, onNavigation, pageAddress, pageDocument } from '../globals.ts'
import type { Watch } from './watch.ts'

/** Signs of an answer that are no change of the document. */
const SIGNS =
  'scroll focusin input change reset invalid toggle copy play pause volumechange seeking fullscreenchange visibilitychange beforeprint pagehide'
/** Nodes that nobody sees. */
const UNSEEN = /^(SCRIPT|STYLE|LINK|META|#comment)$/

const isSeen = ({ type, target, addedNodes, removedNodes }: MutationRecord): boolean =>
  !(target instanceof Element ? target : target.parentElement)?.closest('head,[data-rb-ignore]') &&
  (type !== 'childList' || [...addedNodes, ...removedNodes].some(({ nodeName }) => !UNSEEN.test(nodeName)))

/** This tree and the open shadow trees in it: an observer sees one at a time. */
const treesOf = (root: ParentNode): ParentNode[] => {
  const trees = [root]
  for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) trees.push(...treesOf(shadowRoot))
  return trees
}

/** An address, of which a lone `#` says nothing. */
const plain = (address: string) => address.replace(/#$/, '')

const WHOLE = { subtree: true, childList: true, attributes: true, characterData: true }

/** Finds out whether the page has answered since somebody began to wait for it. */
export interface Answers {
  /** Looks at the page from now on, as it looks already if somebody waits; `path` is that of the click. */
  begin(path: EventTarget[]): void
  /** Nobody waits any more. */
  end(): void
  /** Looks for what nobody tells of: what scripts have put into fields, and another address. */
  look(): void
  /** Whether no tree has been there without being looked at. Takes long: for when there is something to report. */
  sawAll(): boolean
}

/** `answered` is called at the first answer, after which nothing is looked at until the next `begin`. */
export const watchAnswers = ({ hear, signal }: Watch, answered: () => void): Answers => {
  /** The trees of the page that are known. */
  let trees = treesOf(pageDocument())
  let isWaiting = false
  /** What nobody tells of, as it was at the first click. */
  let before = ''
  const inputs = (tree: ParentNode): Iterable<HTMLInputElement> =>
    // The document keeps such a list, and need not be searched.
    (tree as Document).getElementsByTagName?.('input') ?? tree.querySelectorAll('input')
  const read = () => trees.map(tree => Array.from(inputs(tree), ({ value }) => value)) + plain(pageAddress())
  const answer = () => {
    if (!isWaiting) return
    isWaiting = false
    before = ''
    observer.disconnect()
    answered()
  }
  const take = (records: MutationRecord[]) => {
    if (records.some(isSeen)) answer()
  }
  const observer = new MutationObserver(take)

  hear(SIGNS, answer)
  // Elements lose the focus at any click; the window loses it to a dialog, another tab or another program.
  hear('blur', ({ target }) => target instanceof Element || answer())
  // What the visitor clicks on is judged; what a script clicks on is its answer, a file input for instance.
  hear('click', ({ isTrusted }) => isTrusted || answer())
  // Left to the browser it leads away, or into another tab.
  hear('submit', event => setTimeout(() => event.defaultPrevented || answer()))
  const leads = ({ url }: Destination) => {
    if (plain(url) !== plain(pageAddress())) answer()
  }
  onNavigation('navigate', leads, signal)
  signal.addEventListener('abort', answer)

  return {
    begin: path => {
      if (isWaiting) return
      isWaiting = true
      for (const node of path) if (node instanceof ShadowRoot && !trees.includes(node)) trees.push(node)
      before = read()
      for (const tree of trees) observer.observe(tree, WHOLE)
    },
    end: answer,
    look: () => {
      take(observer.takeRecords())
      if (isWaiting && before !== read()) answer()
    },
    sawAll: () => {
      const known = trees
      trees = treesOf(pageDocument())
      return trees.every(tree => known.includes(tree))
    },
  }
}
