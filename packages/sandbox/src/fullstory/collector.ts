import { OrgSchema, RESERVED_USER_PROPERTIES } from './org-schema.ts'
import { People } from './people.ts'
import { filterOf, type PropertyFilter } from './property-filter.ts'
import { acceptedProperties } from './property-intake.ts'
import { type Rejection, rejectedEventName } from './property-rules.ts'
import { copyOf } from './record.ts'
import { Sessions } from './sessions.ts'
import { StreamOrder } from './stream-order.ts'
import { MAX_UID_LENGTH } from './uid-rule.ts'
import type { FsProperty, FullStoryView, FullStoryViolation, PropertyType, SessionView } from './view.ts'
import type { Bundle, Message, PropertyBag } from './wire.ts'

type MessageOf<Kind extends Message['kind']> = Extract<Message, { kind: Kind }>

/** Stands in for FullStory's servers: one org, fed by the bundles that the script double sends. */
export class FullStoryCollector {
  private readonly schema = new OrgSchema()
  private readonly streams = new Map<string, StreamOrder>()
  private people = new People()
  private sessions = new Sessions()
  private recordedViolations: FullStoryViolation[] = []

  constructor(private readonly onChange: () => void = () => {}) {}

  get violations(): FullStoryViolation[] {
    return copyOf(this.recordedViolations)
  }

  apply(bundle: Bundle): void {
    const order = this.streams.get(bundle.stream) ?? new StreamOrder()
    this.streams.set(bundle.stream, order)
    for (const message of order.accept(bundle.messages)) this.applyMessage(message, bundle.sessionUrlPrefix)
    this.onChange()
  }

  view(): FullStoryView {
    return {
      users: copyOf(this.people.view()),
      sessions: this.sessions.view(this.people),
      violations: this.violations,
    }
  }

  /** "Sessions where user property X is Y", as one would ask FullStory; without a value, where X is set. */
  sessionsWhere(property: string, value?: string): SessionView[] {
    return this.sessions.view(this.people).filter(session => {
      const held = property === 'uid' ? session.uid : this.people.valueOf(session.userId, property)?.value
      if (held === undefined || held === null) return false
      const forms = Array.isArray(held) ? held.map(String) : [String(held)]
      return value === undefined || forms.includes(value)
    })
  }

  /** The type that the org keeps a user property with: the one it was first sent with. */
  userPropertyType(name: string): string | undefined {
    return this.schema.typeOf('user', name)
  }

  /**
   * Sessions whose person has a property that passes. The org knows a name with one type only: a filter of another
   * one finds nothing. `null`: there is no such filter.
   */
  sessionsMatching(filter: PropertyFilter): SessionView[] | null {
    const passes = filterOf(filter)
    if (!passes) return null
    if (this.userPropertyType(filter.property) !== filter.type) return []
    return this.sessions.view(this.people).filter(({ userId }) => {
      const held = this.people.valueOf(userId, filter.property)
      return held && passes(held)
    })
  }

  declare(userProperties: string[], events?: string[]): void {
    this.schema.declare(userProperties, events)
  }

  /**
   * Forgets all that was received. Declared names stay: they are settings. Stream positions stay too,
   * because a page that is still open goes on counting where it was.
   */
  reset(): void {
    this.people = new People()
    this.sessions = new Sessions()
    this.recordedViolations = []
    this.schema.forgetTypes()
    this.onChange()
  }

  private applyMessage(message: Message, sessionUrlPrefix: string): void {
    this.people.ensure(message.user)
    const session = this.sessions.ensure(message, sessionUrlPrefix)
    switch (message.kind) {
      case 'page':
        this.sessions.openPage(message, message.url, sessionUrlPrefix)
        break
      case 'identify':
        session.identifyCalls += 1
        this.identify(message)
        break
      case 'user-properties':
        this.setUserProperties(message)
        break
      case 'page-properties': {
        const page = this.sessions.ensurePage(session, message)
        Object.assign(page.properties, this.accept('page', message.bag, message.at).properties)
        break
      }
      case 'event':
        this.recordEvent(message, session.events)
        break
      case 'end':
        this.sessions.end(session, message.at, message.reason)
        break
      case 'violation':
        this.report(message, message.at)
        break
    }
  }

  private identify({ user, uid, at }: MessageOf<'identify'>): void {
    if (uid.length > MAX_UID_LENGTH) {
      this.report({ rule: 'uid_too_long', detail: `${uid.length} characters` }, at)
    } else if (!this.people.identify(user, uid, at)) {
      // Two documents of one browser can disagree about who is there: each knows its own cookie read only.
      const holder = this.people.ensure(user).uid
      this.report({ rule: 'uid_conflict', detail: `${uid} for a user who is already ${holder}` }, at)
    }
  }

  private setUserProperties({ user, bag, at }: MessageOf<'user-properties'>): void {
    const { properties, types } = this.accept('user', bag, at)
    for (const [name, value] of Object.entries(properties)) {
      const leak = this.schema.leakedUserProperty(name)
      if (leak) this.report(leak, at)
      const untyped: PropertyType = Array.isArray(value) ? 'strs' : 'str'
      const type = (types[name] ?? this.schema.typeOf('user', name) ?? untyped) as FsProperty['type']
      const reserved = (RESERVED_USER_PROPERTIES as readonly string[]).includes(name)
      this.people.setProperty(user, name, { value, type, at }, reserved)
    }
  }

  private recordEvent(
    { name, bag, at, source }: MessageOf<'event'>,
    events: ReturnType<Sessions['ensure']>['events'],
  ): void {
    const refused = rejectedEventName(name)
    if (refused) {
      this.report(refused, at)
      return
    }
    const leak = this.schema.leakedEvent(name)
    if (leak) this.report(leak, at)
    const accepted = this.accept(`event ${name}`, bag, at)
    if (accepted.tooLarge) return
    const { properties, types } = accepted
    events.push({ name, properties, types, at, ...(source === undefined ? {} : { source }) })
  }

  private accept(scope: string, bag: PropertyBag, at: number) {
    return acceptedProperties(scope, bag, this.schema, rejection => this.report(rejection, at))
  }

  private report({ rule, detail }: Rejection, at: number): void {
    this.recordedViolations.push({ vendor: 'fullstory', rule, detail, at: Math.floor(at) })
  }
}
