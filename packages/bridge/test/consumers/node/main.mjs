import assert from 'node:assert/strict'
import { createBridge, defineFlags } from 'retention-bridge'
import { diagnose } from 'retention-bridge/doctor'
import { watchFriction } from 'retention-bridge/friction'

const flags = defineFlags({ vip_tier: { type: 'enum', values: ['none', 'gold'] } })
const bridge = createBridge({ flags })
watchFriction(bridge)()
const { outcome } = await bridge.identify('cust_1042', { flags: { vip_tier: 'gold' } })
assert.equal(outcome, 'stitched')
for (const { state, delivered } of Object.values(bridge.status().vendors))
  assert.deepEqual([state, delivered], ['off', 0])
assert.ok((await diagnose(bridge)).findings)
bridge.destroy()
console.log('import: ok')
