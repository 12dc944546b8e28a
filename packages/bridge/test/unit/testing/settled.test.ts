import { afterEach, expect, test, vi } from 'vitest'
import { createBridge } from '../../../src/index.ts'
import {
  createFullStory,
  expectEvent,
  expectFlag,
  expectNoViolations,
  expectOneIdentity,
  settled,
} from '../../../src/testing/index.ts'
import { leavePage } from '../page.ts'
import { flags, openPage } from './test-page.ts'

afterEach(leavePage)

test('gives up, and says for what it waited', async () => {
  const page = openPage()
  const other = { ...page, fullstory: createFullStory() }
  page.bridge.track('viewed')
  await settled(page)
  // Nothing of it ever comes: the time limit of the bridge is longer than that of the test.
  leavePage()
  const bridge = createBridge({ flags, customerio: false })
  await expect(settled({ bridge, fullstory: other.fullstory }, { timeout: 60 })).rejects.toThrow(
    /after 60 ms something is still waiting\n {2}\+ FullStory {2}not found yet\nA double that was not given/,
  )
})

test('with fake timers: who lets their time pass is asked to, and who does not is told', async () => {
  vi.useFakeTimers()
  const page = openPage()
  page.bridge.identify('ada')
  page.bridge.identify('bob')
  await expect(settled(page, { timeout: 100 })).rejects.toThrow('pass { advanceTimers }')
  await settled(page, { advanceTimers: vi.advanceTimersByTimeAsync })
  expectOneIdentity(page, 'bob')
  // A minute of FullStory's limits takes no time at all.
  for (let n = 0; n < 40; n++) {
    page.bridge.setFlags({ tags: [`${n}`] })
    await vi.advanceTimersByTimeAsync(200)
  }
  await settled(page, { advanceTimers: vi.advanceTimersByTimeAsync, timeout: 90_000 })
  expectFlag(page.fullstory, 'tags', ['39'])
  expectNoViolations(page.fullstory)
  vi.useRealTimers()
})

test('with timers that were fake before the kit was loaded', async () => {
  vi.useFakeTimers()
  vi.resetModules()
  const { settled } = await import('../../../src/testing/settled.ts')
  const page = openPage()
  page.bridge.identify('ada')
  await settled(page, { advanceTimers: vi.advanceTimersByTimeAsync })
  expectOneIdentity(page, 'ada')
  vi.useRealTimers()
})

test('of doubles without a bridge, and of a bridge without doubles', async () => {
  const { fullstory, customerio } = openPage()
  leavePage()
  fullstory('setIdentity', { uid: 'ada' })
  fullstory('setIdentity', { uid: 'bob' })
  customerio.track('viewed')
  await settled({ fullstory, customerio })
  expect(fullstory.uid).toBe('bob')
  expectEvent(customerio, 'viewed')
  const bridge = createBridge({ flags, customerio, fullstory: false })
  bridge.track('listed')
  await settled({ bridge })
  await settled({ customerio })
  expectEvent(customerio, 'listed')
})
