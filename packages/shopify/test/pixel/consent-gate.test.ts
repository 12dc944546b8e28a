import { privacyOf } from '@retention-bridge/sandbox'
import { expect, test } from 'vitest'
import { createConsentGate } from '../../pixel/consent-gate.ts'
import type { Purpose } from '../../pixel/settings.ts'

const open = (first = privacyOf(false), purposes: Purpose[] = ['analytics', 'marketing']) => {
  const delivered: number[] = []
  let release = () => {}
  let withdrawals = 0
  const gate = createConsentGate<number>(
    purposes,
    first,
    async (moment, may) => {
      await new Promise<void>(resolve => {
        release = resolve
      })
      if (may()) delivered.push(moment)
    },
    () => {
      withdrawals++
    },
  )
  /** Everything that is under way is answered. */
  const settled = async () => {
    for (let turn = 0; turn < 200; turn++) {
      release()
      await Promise.resolve()
    }
  }
  return { gate, delivered, settled, withdrawals: () => withdrawals }
}

test('what waits for the answer is bounded, and the newest', async () => {
  const { gate, delivered, settled } = open()
  for (let moment = 0; moment < 60; moment++) gate.push(moment)
  await settled()
  expect(delivered).toEqual([])
  gate.decide(privacyOf(true))
  await settled()
  expect(delivered).toEqual(Array.from({ length: 50 }, (_, n) => n + 10))
})

test('a no counts for what is under way, and nothing of before comes back with a later yes', async () => {
  const { gate, delivered, settled, withdrawals } = open(privacyOf(true))
  gate.push(1)
  gate.push(2)
  gate.decide(privacyOf(false))
  gate.push(3)
  gate.decide(privacyOf(true))
  gate.push(4)
  await settled()
  expect(delivered).toEqual([4])
  expect(withdrawals()).toBe(1)
})

test('a moment that fails does not hold up the next', async () => {
  const delivered: number[] = []
  const gate = createConsentGate<number>(
    ['analytics'],
    privacyOf(true),
    async moment => {
      if (moment === 1) throw new Error('storage is denied')
      delivered.push(moment)
    },
    () => {},
  )
  gate.push(1)
  gate.push(2)
  await expect.poll(() => delivered).toEqual([2])
})

test.each([
  ['analytics', 'analyticsProcessingAllowed'],
  ['marketing', 'marketingAllowed'],
  ['preferences', 'preferencesProcessingAllowed'],
  ['sale_of_data', 'saleOfDataAllowed'],
] as const)('%s is asked for where the store says so', async (purpose, field) => {
  const { gate, delivered, settled } = open({ ...privacyOf(true), [field]: false }, [purpose])
  gate.push(1)
  await settled()
  expect(delivered).toEqual([])
  gate.decide({ ...privacyOf(false), [field]: true })
  await settled()
  expect(delivered).toEqual([1])
})

test('what is no answer is no yes', async () => {
  const { gate, delivered, settled } = open({ analyticsProcessingAllowed: 'yes' } as never)
  gate.push(1)
  await settled()
  expect(delivered).toEqual([])
})
