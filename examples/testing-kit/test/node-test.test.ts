import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the same in Node’s own test runner', () => {
  const output = execFileSync(
    process.execPath,
    ['--import', 'tsx', '--test', '--test-force-exit', '--test-reporter', 'tap', 'test/shop.node.ts'],
    { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8' },
  )
  expect(output).toMatch(/^# pass 2$/m)
  expect(output).toMatch(/^# fail 0$/m)
})
