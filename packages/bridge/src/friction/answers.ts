/** Nodes that nobody sees. */
const UNSEEN = /^(SCRIPT|STYLE|LINK|#comment)$/

/** Whether a change of the document may be the answer to a click. */
export const isSeen = ({ type, target, addedNodes, removedNodes }: MutationRecord): boolean =>
  !((target as Element).closest ? (target as Element) : target.parentElement)?.closest('[data-rb-ignore]') &&
  (type !== 'childList' || [...addedNodes, ...removedNodes].some(({ nodeName }) => !UNSEEN.test(nodeName)))
