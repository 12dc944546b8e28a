import { copyOf } from '../record.ts'
import { ActivityLog } from './activity.ts'
import { DeclaredNames } from './declared-names.ts'
import { emailOf, identifierOf, rejectedId } from './identifier.ts'
import { type InAppEvent, Mailbox, type NewInboxMessage, type NewShownMessage } from './in-app/mailbox.ts'
import {
  type Rejection,
  rejectedAttribute,
  rejectedAttributes,
  rejectedEvent,
  rejectedEventData,
} from './limits.ts'
import { Merges } from './merges.ts'
import { type CioMessage, callOf } from './message.ts'
import { People, type PersonRecord } from './people.ts'
import type { CioCall, CioInboxMessage, CioPerson, CioViolation, CustomerIoView } from './view.ts'

/** Stands in for Customer.io's servers: one workspace, fed by the messages that the real SDK sends. */
export class CustomerIoCollector {
  private readonly declared = new DeclaredNames()
  private readonly mailbox = new Mailbox()
  private readonly seenMessageIds = new Set<string>()
  private people = new People()
  private merges = new Merges()
  private activity = new ActivityLog(this.merges)
  private calls: CioCall[] = []
  private recordedViolations: CioViolation[] = []

  constructor(private readonly onChange: () => void = () => {}) {}

  get violations(): CioViolation[] {
    return copyOf(this.recordedViolations)
  }

  apply(message: CioMessage, receivedAt = Date.now()): void {
    const call = callOf(message, receivedAt)
    call.repeated = call.messageId !== null && this.seenMessageIds.has(call.messageId)
    this.calls.push(call)
    if (call.messageId !== null) this.seenMessageIds.add(call.messageId)
    if (!call.repeated) this.applyCall(call)
    this.onChange()
  }

  view(): CustomerIoView {
    return {
      people: this.people.all.map(person => this.personView(person)),
      anonymous: this.activity.ofNobody(),
      calls: copyOf(this.calls),
      violations: this.violations,
      inbox: this.mailbox.messages,
      connections: this.mailbox.connections,
    }
  }

  person(idOrEmail: string): CioPerson | undefined {
    const person = this.people.find(identifierOf(idOrEmail))
    return person && this.personView(person)
  }

  declare(attributes: string[], events?: string[]): void {
    this.declared.declare(attributes, events)
  }

  /** A campaign step: delivers to the inbox of one person, over every open connection. Gives the queueId. */
  pushInbox(message: NewInboxMessage): string {
    const queueId = this.mailbox.push(this.addressOf(message.to), message)
    this.onChange()
    return queueId
  }

  /** A campaign step that shows something on the page. Gives the queueId. */
  pushMessage(message: NewShownMessage): string {
    return this.mailbox.show(this.addressOf(message.to), message)
  }

  /** What waits for the holder of a user token: two lists, as the queue answers. */
  queueOf(userToken: string): { inAppMessages: unknown[]; inboxMessages: unknown[] } {
    const to = this.addressOf(userToken)
    return { inAppMessages: this.mailbox.shownTo(to), inboxMessages: this.mailbox.inboxOf(to) }
  }

  updateMessage(userToken: string, queueId: string, fields: unknown): boolean {
    const known = this.mailbox.update(this.addressOf(userToken), queueId, fields)
    this.onChange()
    return known
  }

  finishMessage(userToken: string, queueId: string): boolean {
    const known = this.mailbox.finish(this.addressOf(userToken), queueId)
    this.onChange()
    return known
  }

  /** Keeps a page informed until the returned function is called. */
  connect(userToken: string, listener: (event: InAppEvent) => void): () => void {
    const disconnect = this.mailbox.listen(this.addressOf(userToken), listener)
    this.onChange()
    return () => {
      disconnect()
      this.onChange()
    }
  }

  /**
   * Forgets all that was received. Declared names stay: they are settings. Message ids stay too, because
   * a page that is still open may send an old message again.
   */
  reset(): void {
    this.people = new People()
    this.merges = new Merges()
    this.activity = new ActivityLog(this.merges)
    this.calls = []
    this.recordedViolations = []
    this.mailbox.clear()
    this.onChange()
  }

  private applyCall(call: CioCall): void {
    switch (call.type) {
      case 'identify':
        this.identify(call)
        break
      case 'track':
        this.recordActivity('event', call)
        break
      case 'page':
      case 'screen':
        this.recordActivity('page', call)
        break
      // Objects and aliases are no part of what the sandbox shows.
      case 'group':
      case 'alias':
        break
    }
  }

  private identify(call: CioCall): void {
    const { data, anonymousId, at } = call
    const email = emailOf(data.email)
    const person = this.personFor(call.userId ?? email, at, email)
    if (!person) return
    person.identifyCalls += 1
    this.setAttributes(person, call, email)
    const previous = anonymousId === null ? null : this.merges.record(anonymousId, person, at)
    if (previous) {
      const detail = `${anonymousId} was ${nameOf(previous)} and is now ${nameOf(person)}`
      this.report({ rule: 'anonymous_id_reused', detail }, at)
    }
  }

  private recordActivity(kind: 'event' | 'page', call: CioCall): void {
    const { name, data, userId, anonymousId, at } = call
    const rejection = kind === 'event' ? rejectedEvent(name, data) : rejectedEventData(name, data)
    if (rejection) {
      this.report(rejection, at)
      return
    }
    const named = userId !== null || anonymousId === null
    const person = named ? this.personFor(userId, at) : null
    if (named && !person) return
    const leak = kind === 'event' && name !== null ? this.declared.undeclaredEvent(name) : null
    if (leak) this.report(leak, at)
    this.activity.add({ kind, call, person })
  }

  private personFor(userId: string | null, at: number, email: string | null = null): PersonRecord | null {
    const rejection = rejectedId(userId)
    if (rejection || userId === null) {
      if (rejection) this.report(rejection, at)
      return null
    }
    const identifier = identifierOf(userId)
    if (identifier.kind === 'id' && email !== null) this.people.adoptId(identifier.value, email)
    const person = this.people.findOrCreate(identifier)
    if (!person) this.report({ rule: 'unknown_cio_id', detail: `nobody has ${userId}` }, at)
    return person
  }

  private setAttributes(person: PersonRecord, { data, at }: CioCall, email: string | null): void {
    const oversized = rejectedAttributes(data)
    if (oversized) {
      this.report(oversized, at)
      return
    }
    for (const [name, value] of Object.entries(data)) {
      const rejection = rejectedAttribute(name, value)
      if (rejection) {
        this.report(rejection, at)
        continue
      }
      const leak = this.declared.undeclaredAttribute(name)
      if (leak) this.report(leak, at)
      const current = person.attributes.get(name)
      if (current && at < current.at) continue
      if (name === 'email' && email !== null && !this.people.giveEmail(person, email)) {
        this.report({ rule: 'email_taken', detail: `${email} belongs to somebody else` }, at)
        continue
      }
      person.attributes.set(name, { value, at })
    }
  }

  private personView(person: PersonRecord): CioPerson {
    const { cioId, id, email, identifyCalls } = person
    return {
      cioId,
      id,
      email,
      attributes: copyOf(Object.fromEntries(person.attributes)),
      anonymousIds: this.merges.anonymousIdsOf(person),
      ...this.activity.of(person),
      identifyCalls,
    }
  }

  /** The id and the e-mail address of one person are two inboxes; Customer.io's own id leads to either. */
  private addressOf(userToken: string): CioInboxMessage['to'] {
    const identifier = identifierOf(userToken)
    if (identifier.kind !== 'cioId') return identifier.value
    const person = this.people.find(identifier)
    return person?.id ?? person?.email ?? userToken
  }

  private report({ rule, detail }: Rejection, at: number): void {
    this.recordedViolations.push({ vendor: 'customerio', rule, detail, at })
  }
}

function nameOf({ id, email, cioId }: PersonRecord): string {
  return id ?? email ?? `cio_${cioId}`
}
