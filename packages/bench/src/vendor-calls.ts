import type { Workspace } from '@retention-bridge/sandbox'

export interface VendorCalls {
  customerio: Record<'identify' | 'track' | 'page', number>
  fullstory: Record<'identify' | 'userProperties' | 'pageProperties' | 'event', number>
}

/** Names of what the bench itself tells the vendors. */
export const MARK = 'mark_'

const KINDS = {
  identify: 'identify',
  'user-properties': 'userProperties',
  'page-properties': 'pageProperties',
  event: 'event',
} as const

/** Counts what reaches the vendors' servers from now on; a message that was sent again counts once. */
export const countVendorCalls = ({ fullstory, customerio }: Workspace): (() => VendorCalls) => {
  const seen = new Set<string>()
  const counts = { identify: 0, userProperties: 0, pageProperties: 0, event: 0 }
  const apply = fullstory.apply.bind(fullstory)
  fullstory.apply = bundle => {
    for (const message of bundle.messages) {
      const key = `${bundle.stream} ${message.seq}`
      const isMark = message.kind === 'event' && message.name.startsWith(MARK)
      if (!seen.has(key) && message.kind in KINDS && !isMark)
        counts[KINDS[message.kind as keyof typeof KINDS]]++
      seen.add(key)
    }
    apply(bundle)
  }
  const earlier = customerio.view().calls.length
  return () => {
    const calls = customerio
      .view()
      .calls.slice(earlier)
      .filter(({ name, repeated }) => !repeated && !name?.startsWith(MARK))
    const of = (type: string) => calls.filter(call => call.type === type).length
    return {
      customerio: { identify: of('identify'), track: of('track'), page: of('page') },
      fullstory: { ...counts },
    }
  }
}

export const total = ({ customerio, fullstory }: VendorCalls) => ({
  customerio: sum(customerio),
  fullstory: sum(fullstory),
})

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, count) => all + count, 0)
