import type { Rejection } from './property-rules.ts'

const MAX_USER_PROPERTIES = 500

/** Known to FullStory itself: never counted, never a leak. */
export const RESERVED_USER_PROPERTIES = ['displayName', 'email'] as const

/** What one FullStory org knows about names: the type each was first seen with, and what was declared. */
export class OrgSchema {
  private readonly typesByScope = new Map<string, Map<string, string>>()
  private declaredUserProperties: Set<string> | null = null
  private declaredEvents: Set<string> | null = null

  declare(userProperties: string[], events?: string[]): void {
    this.declaredUserProperties = new Set([...userProperties, ...RESERVED_USER_PROPERTIES])
    this.declaredEvents = events ? new Set(events) : null
  }

  forgetTypes(): void {
    this.typesByScope.clear()
  }

  typeOf(scope: string, path: string): string | undefined {
    return this.typesByScope.get(scope)?.get(path)
  }

  /** Remembers the type of a name, or says why the org does not take it. */
  register(scope: string, path: string, type: string | undefined): Rejection | null {
    const known = this.typesByScope.get(scope) ?? new Map<string, string>()
    this.typesByScope.set(scope, known)
    const earlier = known.get(path)
    if (earlier !== undefined) {
      if (type === undefined || type === earlier) return null
      return { rule: 'type_conflict', detail: `${path} was ${earlier} and is now ${type}` }
    }
    if (scope === 'user' && known.size >= MAX_USER_PROPERTIES) {
      return { rule: 'too_many_user_properties', detail: `${path} would be number ${known.size + 1}` }
    }
    if (type !== undefined) known.set(path, type)
    return null
  }

  leakedUserProperty(name: string): Rejection | null {
    if (!this.declaredUserProperties || this.declaredUserProperties.has(name)) return null
    return { rule: 'leaked_property', detail: `user property ${name} was never declared` }
  }

  leakedEvent(name: string): Rejection | null {
    if (!this.declaredEvents || this.declaredEvents.has(name)) return null
    return { rule: 'leaked_property', detail: `event ${name} was never declared` }
  }
}
