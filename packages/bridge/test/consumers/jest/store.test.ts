import {
  createCustomerIo,
  createFullStory,
  expectFlag,
  expectNoViolations,
  expectOneIdentity,
  settled,
} from 'retention-bridge/testing'
import { startShop } from './store'

test('both vendors know the customer', async () => {
  const vendors = { fullstory: createFullStory(), customerio: createCustomerIo() }
  const bridge = startShop(vendors)
  await settled({ bridge, ...vendors })
  expectOneIdentity({ bridge, ...vendors }, 'cust_1042')
  expectFlag(vendors.fullstory, 'vip_tier', 'gold')
  expectNoViolations(vendors.fullstory, vendors.customerio)
  bridge.destroy()
})
