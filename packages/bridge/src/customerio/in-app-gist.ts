import type { InAppAction, Listeners, Tell } from './find-in-app.ts'

/** A message as `customerio-gist-web` 3 has it. */
interface GistMessage {
  messageId: string
  properties?: {
    gist?: { campaignId?: string; broadcast?: { broadcastId?: string; broadcastIdInt?: number } }
  }
}

/** What in-app messages by themselves tell; they catch what a listener throws. */
export const listeners = (tell: Tell): { own: Listeners; page: Listeners } => {
  const say = (action: InAppAction, { messageId, properties }: GistMessage, name?: string) => {
    const { campaignId, broadcast } = properties?.gist ?? {}
    tell(action, {
      message_id: messageId,
      delivery_id: campaignId || undefined,
      broadcast_id: broadcast?.broadcastIdInt || broadcast?.broadcastId,
      action_name: name,
    })
  }
  return {
    page: {},
    own: {
      messageShown: (message: GistMessage) => say('shown', message),
      messageDismissed: (message: GistMessage) => say('dismissed', message),
      messageAction: ({ message, action, name }: { message: GistMessage; action: string; name: string }) =>
        // The JavaScript SDK does not count it as a click either.
        action === 'gist://close' || say('clicked', message, name),
    },
  }
}
