import { bridge } from './bridge.ts'
import { openStatusChannel, type StatusMessage } from './status-channel.ts'

/** Keeps an open inspector informed of what the bridge on this page says. */
export function reportStatus(): void {
  const channel = openStatusChannel()
  let scheduled = false

  const post = () => {
    scheduled = false
    const message: StatusMessage = {
      kind: 'status',
      status: bridge.status(),
      page: location.pathname,
      at: Date.now(),
    }
    channel.postMessage(message)
  }
  // Several events come from one call: one report for all of them.
  const schedule = () => {
    if (!scheduled) setTimeout(post)
    scheduled = true
  }

  for (const event of ['identity', 'flags', 'delivered', 'dropped', 'warning', 'session'] as const) {
    bridge.on(event, schedule)
  }
  channel.addEventListener('message', ({ data }: MessageEvent<StatusMessage>) => {
    if (data.kind === 'ask') schedule()
  })
  addEventListener('focus', schedule)
  bridge.ready().then(schedule)
  schedule()
}
