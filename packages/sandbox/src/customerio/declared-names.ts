import type { Rejection } from './limits.ts'

/** Customer.io's own attributes: known to every workspace. */
const RESERVED_ATTRIBUTES = ['email', 'cio_id', 'anonymous_id', 'created_at']

/** What the SDK's in-app plugin tracks by itself. */
const SDK_EVENTS = ['Report Delivery Event', 'Report Content Event']

/** The names a store said it would send; any other that arrives is a leak. */
export class DeclaredNames {
  private attributes: Set<string> | null = null
  private events: Set<string> | null = null

  declare(attributes: string[], events?: string[]): void {
    this.attributes = new Set([...attributes, ...RESERVED_ATTRIBUTES])
    this.events = events ? new Set([...events, ...SDK_EVENTS]) : null
  }

  undeclaredAttribute(name: string): Rejection | null {
    if (!this.attributes || this.attributes.has(name)) return null
    return { rule: 'undeclared_attribute', detail: `attribute ${name} was never declared` }
  }

  undeclaredEvent(name: string): Rejection | null {
    if (!this.events || this.events.has(name)) return null
    return { rule: 'undeclared_event', detail: `event ${name} was never declared` }
  }
}
