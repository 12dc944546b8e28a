import type { Status } from '../status.ts'

/** Whether the bridge refuses flags at this moment: they would be lost, and are read again later instead. */
export const isSilent = ({ consent, identity }: Status): boolean =>
  consent === 'denied' || identity.state === 'impersonated'
