import type { InAppAction, Listeners, Tell } from './find-in-app.ts'

/** What the JavaScript SDK's in-app plugin passes to its setting `events`. */
interface PluginEvent {
  detail?: { messageId?: string; deliveryId?: string; actionName?: string; actionValue?: string }
}

/** What the JavaScript SDK is about to send. */
interface Dispatched {
  event: {
    event?: string
    properties?: {
      metric?: string
      actionType?: string
      actionName?: string
      deliveryId?: string
      contentId?: string | number
    }
  }
}

/** What the page passes on of the JavaScript SDK's events, and what the SDK itself tells, unless the page does. */
export const listeners = (tell: Tell): { own: Listeners; page: Listeners } => {
  let isPassedOn = false
  const passOn = (action: InAppAction) => (event: PluginEvent) => {
    // Before the SDK tells of the same.
    isPassedOn = true
    const { messageId, deliveryId, actionName, actionValue } = event.detail ?? {}
    // The SDK does not count it as a click either.
    if (actionValue !== 'gist://close')
      tell(action, { message_id: messageId, delivery_id: deliveryId || undefined, action_name: actionName })
  }
  return {
    page: {
      'in-app:message-opened': passOn('shown'),
      'in-app:message-action': passOn('clicked'),
      'in-app:message-dismissed': passOn('dismissed'),
    },
    own: {
      // At once; the documented event `track` comes when it was sent, which may be after a change of person.
      dispatch_start: ({ event: { event, properties } }: Dispatched) => {
        if (isPassedOn || !/^Report (Delivery|Content) Event$/.test(event as string)) return
        const { metric, actionType, actionName, deliveryId, contentId } = properties ?? {}
        tell(/^click/.test((metric ?? actionType) as string) ? 'clicked' : 'shown', {
          delivery_id: deliveryId,
          broadcast_id: contentId,
          action_name: actionName,
        })
      },
    },
  }
}
