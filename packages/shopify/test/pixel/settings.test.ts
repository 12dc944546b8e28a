import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readSettings, settingsOfApp } from '../../pixel/settings.ts'

test('defaults, and what is no setting, are the safe ones', () => {
  const defaults = {
    writeKey: 'key',
    guest: true,
    customerIds: true,
    names: {},
    purposes: ['analytics', 'marketing'],
    carryHours: 24,
    apiHost: 'https://cdp.customer.io',
  }
  expect(readSettings({ writeKey: 'key' })).toEqual(defaults)
  expect(readSettings({ writeKey: 'key', purposes: [], carryHours: -1, apiHost: '' })).toEqual(defaults)
  expect(readSettings({ carryHours: 10_000 }).carryHours).toBe(168)
})

test('the fields of the app are those of its form', () => {
  const form = readFileSync(
    `${import.meta.dirname}/../../extensions/retention-bridge-pixel/shopify.extension.toml`,
    'utf8',
  )
  const fields = [...form.matchAll(/^\[settings\.fields\.(\w+)\]$/gm)].map(([, name]) => name as string)
  const texts = [
    'key',
    'eu',
    'false',
    'false',
    '{"order_completed":"Order Completed"}',
    '48',
    'http://localhost',
  ]
  expect(settingsOfApp(Object.fromEntries(fields.map((name, index) => [name, texts[index]])))).toEqual({
    writeKey: 'key',
    region: 'eu',
    guest: false,
    customerIds: false,
    names: { order_completed: 'Order Completed' },
    carryHours: 48,
    apiHost: 'http://localhost',
  })
  expect(readSettings(settingsOfApp({ write_key: 'key', names: 'not JSON' }))).toEqual(
    readSettings({ writeKey: 'key' }),
  )
})
