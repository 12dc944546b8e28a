const assert = require('node:assert/strict')
const { createBridge, defineFlags } = require('retention-bridge')
const { initCheckout } = require('retention-bridge/checkout')

const flags = defineFlags({ payment_failed: { type: 'bool' } })
const bridge = createBridge({ flags })
initCheckout(bridge, { flags: { failed: 'payment_failed' } }).started({ total: 1, currency: 'USD' })
bridge.ready({ timeout: 1000 }).then(({ vendors }) => {
  for (const { state, delivered } of Object.values(vendors)) assert.deepEqual([state, delivered], ['off', 0])
  bridge.destroy()
  console.log('require: ok')
})
