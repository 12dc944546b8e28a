import type { CustomerIoView, FullStoryView, SessionView } from '@retention-bridge/sandbox'
import { find } from '../html.ts'

export interface Views {
  customerio: CustomerIoView
  fullstory: FullStoryView
}

const api = find<HTMLMetaElement>('meta[name=sandbox]').content

export function readViews(): Promise<Views> {
  return read('/view')
}

/** Asks FullStory's stand-in as a search in FullStory would. An empty value: the property has any value. */
export function readSessions(property: string, value: string): Promise<SessionView[]> {
  return read(`/sessions?${new URLSearchParams(value === '' ? { property } : { property, value })}`)
}

/** Calls `onChange` at once and whenever a vendor's stand-in received something. */
export function watchSandbox(onChange: () => void, onConnection: (open: boolean) => void): void {
  const events = new EventSource(`${api}/live`)
  events.addEventListener('open', () => {
    onConnection(true)
    // Whatever happened while there was no connection.
    onChange()
  })
  events.addEventListener('change', onChange)
  events.addEventListener('error', () => onConnection(false))
}

async function read<Answer>(path: string): Promise<Answer> {
  const response = await fetch(api + path)
  if (!response.ok) throw new Error(`the sandbox answered ${response.status}`)
  return response.json()
}
