import type { VendorName } from '../delivery/vendor.ts'
import type { FlagStatus } from '../status.ts'
import type { Facts } from './facts.ts'
import { type Diagnosis, FINDINGS, type Finding, type FindingCode, type VendorAnswers } from './finding.ts'

/** Milliseconds by which clocks may differ. */
const SKEW = 6e4

const VENDORS = ['customerio', 'fullstory'] as const

/** Adds a finding; what is expected is that of all of its kind, unless it is said. */
type Say = (code: FindingCode, got: unknown, about?: string, expected?: unknown) => void

/** What is wrong, worst first. */
export const judge = (facts: Facts): Diagnosis => {
  const { status, customerio, fullstory } = facts
  const { vendors, identity, consent } = status
  const answers: VendorAnswers = {
    bridge: identity.id,
    customerio: vendors.customerio.id,
    gist: customerio.token,
    fullstory: {
      uid: vendors.fullstory.id,
      identified: fullstory.identified,
      session: vendors.fullstory.sessionUrl,
    },
  }
  const findings: Finding[] = []
  const say: Say = (code, got, about, expected = FINDINGS[code][1]) => {
    const [severity, , todo] = FINDINGS[code]
    findings.push({ code, severity, about, expected, got, answers, todo } as Finding)
  }

  if (identity.state === 'impersonated') say('impersonated', 'yes')
  else judgeIds(say, answers)
  for (const vendor of VENDORS) judgeVendor(say, facts, vendor)
  judgeFlags(say, facts)
  const silent = VENDORS.filter(vendor => vendors[vendor].consent !== 'granted')
  if (silent[0]) say('consent', consent, silent[1] ? undefined : silent[0])
  if (fullstory.devMode) say('dev-mode', 'on', 'fullstory')
  if (vendors.customerio.state === 'ready' && !customerio.inApp) say('in-app', 'not loaded', 'customerio')
  if (facts.isNearLimit) say('budget', '> 80 %', 'fullstory')
  if (facts.isFrame) say('frame', 'frame')
  if (facts.behind > SKEW) say('clock', `${Math.round(facts.behind / 1e3)} s behind`)
  for (const { code, field, message } of status.warnings) {
    const finding = code in FINDINGS ? code : /^flag-/.test(code) && 'flag-refused'
    if (finding) say(finding as FindingCode, code === 'storage' ? 'refused' : message, field)
  }
  const codes = Object.keys(FINDINGS)
  findings.sort((one, other) => codes.indexOf(one.code) - codes.indexOf(other.code))
  return { findings, answers }
}

const judgeIds = (say: Say, { bridge, customerio, gist, fullstory }: VendorAnswers) => {
  const { uid, identified } = fullstory
  // A build that does not say whom it has: its cookie says whether it has somebody.
  const somebody = identified ? (bridge ?? '?') : null
  // Links in e-mails name Customer.io's own id, which is never shared.
  for (const [about, id] of Object.entries({
    customerio,
    gist,
    fullstory: uid === undefined && identified !== undefined ? somebody : uid,
  }))
    if (id !== undefined && id !== bridge && !id?.startsWith('cio_')) say('ids-differ', id, about, bridge)
}

const judgeVendor = (say: Say, facts: Facts, vendor: VendorName) => {
  const { namespace, region, twice, isOwn } = facts[vendor]
  const { state, reason } = facts.status.vendors[vendor]
  for (const [code, difference] of Object.entries({ namespace, region, twice }))
    if (difference) say(code as FindingCode, difference[1], vendor, difference[0])
  if (state in FINDINGS) say(state as FindingCode, reason || state, vendor)
  // An inline snippet that was refused has left nothing else behind.
  for (const [directive, address] of facts.refused)
    if (address === 'inline' ? state === 'missing' : isOwn(address))
      say('csp', `${directive} ${address}`, vendor)
}

const typeOf = (value: unknown) => (Array.isArray(value) ? 'list' : typeof value)

const judgeFlags = (say: Say, { status, fullstory }: Facts) => {
  for (const [name, flag] of Object.entries(status.flags) as [string, FlagStatus][]) {
    const { value, expires, source, sent } = flag
    const { [name]: held = value } = sent ? fullstory.properties : {}
    if (typeOf(held) !== typeOf(value)) say('flag-other-type', typeOf(held), name, typeOf(value))
    else if (String(held) !== String(value)) say('flag-stale', String(held), name, String(value))
    else if ((expires as number) < Date.now() || (source === 'ttl' && !sent))
      say('flag-stale', 'ran out', name, String(value))
  }
}
