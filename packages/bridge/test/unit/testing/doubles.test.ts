import { afterEach, describe, expect, test } from 'vitest'
import { createBridge, defineFlags } from '../../../src/index.ts'
import * as kit from '../../../src/testing/index.ts'
import { openDoubles, viewsOf } from '../../parity/in-memory.ts'
import { carryOut, END } from '../../parity/sequence.ts'
import { sequences } from '../../parity/sequences.ts'
import { summary } from '../../parity/views.ts'
import { leavePage } from '../page.ts'

const flags = defineFlags({
  vip_tier: { type: 'enum', values: ['none', 'silver', 'gold'] },
  purchase_count: { type: 'int' },
})

afterEach(leavePage)

describe('the doubles do what the vendors do; test/browser/parity.test.ts compares them with the real SDKs', () => {
  test.each(sequences)('$what', async sequence => {
    const { page, fullstory, customerio } = openDoubles(kit, sequence)
    const bridge = sequence.withBridge ? createBridge({ flags, fullstory, customerio }) : undefined
    const answers = await carryOut({ ...page, bridge }, sequence.run, END, !!sequence.isBlocked)
    if (sequence.answers !== undefined) expect(answers).toEqual(sequence.answers)
    await kit.settled({ fullstory, customerio })
    expect(summary(viewsOf(fullstory, customerio))).toMatchObject({ rules: [], ...sequence.expected })
  })
})
