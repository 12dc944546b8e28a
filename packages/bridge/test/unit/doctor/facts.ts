import type { Facts } from '../../../src/doctor/facts.ts'
import type { VendorStatus } from '../../../src/status.ts'

const ready: VendorStatus = {
  state: 'ready',
  reason: '',
  consent: 'granted',
  id: 'A',
  held: 0,
  delivered: 1,
  dropped: 0,
}

/** A page on which all is well, unless something of it is said. */
export const facts = (
  change: {
    status?: Partial<Facts['status']>
    cio?: Partial<VendorStatus>
    fs?: Partial<VendorStatus>
    customerio?: Partial<Facts['customerio']>
    fullstory?: Partial<Facts['fullstory']>
  } & Partial<Pick<Facts, 'isNearLimit' | 'refused' | 'behind' | 'isFrame'>> = {},
): Facts => {
  const { status, cio, fs, customerio, fullstory, ...rest } = change
  return {
    status: {
      identity: { state: 'known', id: 'A' },
      consent: 'granted',
      flags: {},
      warnings: [],
      vendors: { customerio: { ...ready, ...cio }, fullstory: { ...ready, ...fs } },
      ...status,
    },
    customerio: { token: 'A', inApp: true, isOwn: address => address.includes('customer.io'), ...customerio },
    fullstory: {
      identified: true,
      properties: {},
      isOwn: address => address.includes('fullstory'),
      ...fullstory,
    },
    isNearLimit: false,
    refused: [],
    behind: 0,
    isFrame: false,
    ...rest,
  }
}

/** A warning of the bridge. */
export const warning = (code: string, field = 'field', message = 'message') =>
  ({ code, field, message, count: 1 }) as Facts['status']['warnings'][0]

/** A flag that FullStory has. */
export const flag = (value: string | number | boolean | readonly string[], more: object = {}) => ({
  value,
  at: 0,
  source: 'page',
  sent: true,
  ...more,
})
