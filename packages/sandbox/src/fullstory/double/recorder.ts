import { isRecord } from '../record.ts'
import type { MessageBody, MessageContext, PropertyBag } from '../wire.ts'
import type { Call } from './call.ts'
import { identityEffect } from './identity-effect.ts'
import { type IdentityIntent, identityIntent } from './identity-intent.ts'
import { propertyBag } from './property-bag.ts'
import { RateWatch } from './rate-watch.ts'
import type { Visitor } from './visitor.ts'

/** Takes a message to the server; `onAcknowledged` is called when it has it. */
export type Post = (context: MessageContext, body: MessageBody, onAcknowledged?: () => void) => void

interface RecorderOptions {
  isInnerFrame: boolean
  /** Address of the page. */
  address: () => string
  onUserChange: () => void
}

/** Turns data calls into messages. The only place that knows what a call means to a running capture. */
export class Recorder {
  private readonly rates = new RateWatch((rule, detail) => this.post({ kind: 'violation', rule, detail }))

  constructor(
    private readonly visitor: Visitor,
    private readonly send: Post,
    private readonly options: RecorderOptions,
  ) {}

  /** `switch`: nothing was done; the call has to be executed again once the new user's session runs. */
  record(call: Call): 'done' | 'switch' {
    if (call.op === 'trackEvent') this.trackEvent(call)
    if (call.op === 'setProperties') return this.setProperties(call)
    if (call.op === 'setIdentity') return this.setIdentity(call)
    return 'done'
  }

  openPage(onAcknowledged: () => void): void {
    this.visitor.openPage(Date.now())
    this.post({ kind: 'page', url: this.options.address() }, onAcknowledged)
  }

  end(reason: number): void {
    this.post({ kind: 'end', reason })
  }

  private trackEvent(call: Call): void {
    const options = isRecord(call.args) ? call.args : {}
    this.rates.countEvent()
    const bag = propertyBag(options.properties, options.schema, call.apiVersion)
    // A name that is no text is sent as it is: refusing it is up to the server.
    this.post({ kind: 'event', name: options.name as string, bag, source: call.source })
  }

  private setProperties(call: Call): 'done' | 'switch' {
    if (!isRecord(call.args) || this.options.isInnerFrame) return 'done'
    const { type, properties, schema } = call.args
    if (type === 'page') {
      const bag = propertyBag(properties, schema, call.apiVersion)
      this.post({ kind: 'page-properties', bag, source: call.source })
    }
    if (type !== 'user') return 'done'
    this.countOnce(call)
    const intent = identityIntent(call)
    if (intent.kind !== 'none' && !isPlainIdentify(call, properties)) {
      this.report('uid_in_properties', 'a property named uid identifies')
    }
    if (!this.changeIdentity(intent)) return 'switch'
    this.writeUserProperties(propertyBag(properties, schema, call.apiVersion), call.source)
    return 'done'
  }

  private setIdentity(call: Call): 'done' | 'switch' {
    if (this.options.isInnerFrame) return 'done'
    this.countOnce(call)
    if (!this.changeIdentity(identityIntent(call))) return 'switch'
    if (!isRecord(call.args)) return 'done'
    const { properties, schema, consent } = call.args
    if (typeof consent === 'boolean') this.visitor.setConsent(consent)
    if (isRecord(properties) && 'uid' in properties) {
      this.report('uid_in_properties', 'setIdentity has a uid among its properties')
    }
    // Whatever became of the uid: refused, its properties still go to whoever is there now.
    this.writeUserProperties(propertyBag(properties, schema, call.apiVersion), call.source)
    return 'done'
  }

  private changeIdentity(intent: IdentityIntent): boolean {
    const effect = identityEffect(intent, this.visitor.uidHash)
    if (effect === 'switch') return false
    if (intent.kind === 'refused') this.report('illegal_uid', JSON.stringify(intent.given) ?? 'undefined')
    if (intent.kind === 'uid') {
      this.visitor.identify(intent.uid, Date.now())
      this.post({ kind: 'identify', uid: intent.uid })
      this.options.onUserChange()
    }
    return true
  }

  private writeUserProperties(bag: PropertyBag, source: string | undefined): void {
    delete bag.properties.uid
    delete bag.types.uid
    if (Object.keys(bag.properties).length === 0) return
    Object.assign(this.visitor.properties, bag.properties)
    this.post({ kind: 'user-properties', bag, source })
    this.options.onUserChange()
  }

  private countOnce(call: Call): void {
    if (!call.counted) this.rates.countUserCall()
    call.counted = true
  }

  private report(rule: Extract<MessageBody, { kind: 'violation' }>['rule'], detail: string): void {
    this.post({ kind: 'violation', rule, detail })
  }

  private post(body: MessageBody, onAcknowledged?: () => void): void {
    const { user, session, page } = this.visitor
    this.send({ user, session, page }, body, onAcknowledged)
  }
}

/** `FS.identify(uid)` of a V1 stub is a setProperties call with nothing but the uid: that one is meant. */
function isPlainIdentify(call: Call, properties: unknown): boolean {
  return call.apiVersion === 1 && isRecord(properties) && Object.keys(properties).length === 1
}
