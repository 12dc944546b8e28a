import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BRIDGE, diagnosisOf, expectFinding, foundOn, openDoctorStage, PATIENT } from './doctor-stage.ts'
import { tokenOf } from './inbox-stage.ts'

let stage: Awaited<ReturnType<typeof openDoctorStage>>
beforeAll(async () => {
  stage = await openDoctorStage()
})
afterAll(() => stage.close())

const KNOWN = `${BRIDGE} bridge.identify('cust_1042', { flags: { vip_tier: 'gold' } });`

/** A page of somebody on which everything is at rest. */
const openKnown = async (choice: Parameters<typeof stage.open>[0] = {}) => {
  const opened = await stage.open({ setup: KNOWN, ...choice })
  await expect.poll(() => tokenOf(opened.page)).toBe('cust_1042')
  await opened.page.evaluate(() => window.bridge.flush({ timeout: 15_000 }).then(() => {}))
  return opened
}

describe('nothing is wrong', () => {
  test.each([
    ['somebody known', KNOWN, 'cust_1042'],
    ['a guest', `${BRIDGE} bridge.guest({ email: 'ada@example.com' });`, null],
    ['an anonymous visitor', BRIDGE, null],
  ])('%s: nothing is found, and each tool says itself whom it has', async (_, setup, id) => {
    const { page, problems } = await stage.open({ setup })
    const { findings, answers } = await diagnosisOf(page, PATIENT)
    expect(findings).toEqual([])
    expect(answers).toEqual({
      bridge: id,
      customerio: id,
      gist: id,
      fullstory: { uid: id, identified: !!id, session: expect.stringMatching(/^http.+session/) },
    })
    expect(problems).toEqual([])
  })

  test.each(['2.0', '1.3'] as const)('snippet %s', async fullstory => {
    const { page, problems } = await openKnown({ fullstory })
    const { findings, answers } = await diagnosisOf(page, PATIENT)
    expect(findings).toEqual([])
    expect(answers.fullstory).toMatchObject({ identified: true, session: expect.stringMatching(/session/) })
    expect(problems).toEqual([])
  })

  test('an e-mail link has left an id of Customer.io', async () => {
    const store = stage.store()
    const visitor = await stage.visitor()
    const page = await visitor.newPage()
    await page.goto(`${store.url({ setup: BRIDGE })}?ajs_uid=cio_0a1b`)
    await page.waitForFunction(() => window.cioanalytics.user?.().id() === 'cio_0a1b')
    const opened = await stage.open({ store, visitor })
    expect(await foundOn(opened.page)).toEqual([])
    expect((await diagnosisOf(opened.page)).answers.customerio).toBe('cio_0a1b')
  })
})

describe('ids-differ', () => {
  test('something else identifies FullStory', async () => {
    const { page } = await openKnown()
    await page.evaluate(() => window.FS('setIdentity', { uid: 'somebody_else' }))
    const { answers, severity } = await expectFinding(page, {
      code: 'ids-differ',
      about: 'fullstory',
      expected: 'cust_1042',
      got: 'somebody_else',
    })
    expect(severity).toBe('error')
    expect(answers).toMatchObject({
      bridge: 'cust_1042',
      customerio: 'cust_1042',
      gist: 'cust_1042',
      fullstory: { uid: 'somebody_else' },
    })
  })

  test('something else identifies through Customer.io, which the bridge is not to follow', async () => {
    const setup = `window.bridge = createBridge({ flags: plan, identity: { follow: false } }); bridge.identify('cust_1042');`
    const { page } = await openKnown({ setup })
    await page.evaluate(() => window.cioanalytics.identify('somebody_else'))
    await expectFinding(page, { code: 'ids-differ', about: 'customerio', got: 'somebody_else' })
    await expectFinding(page, { code: 'ids-differ', about: 'gist', got: 'somebody_else' })
  })

  test("in-app messages are somebody else's", async () => {
    const { page } = await openKnown()
    await page.evaluate(() => {
      const token = JSON.parse(localStorage['gist.web.userToken'])
      localStorage['gist.web.userToken'] = JSON.stringify({ ...token, value: 'somebody_else' })
    })
    // It waits for ids that differ to agree.
    expect(await foundOn(page, { timeout: 300 })).toEqual([['ids-differ', 'gist', 'somebody_else']])
  })

  test('a build of FullStory that does not say whom it has: its cookie says whether it has somebody', async () => {
    const { page } = await openKnown({ before: 'window._fs_sandbox_old_build = true' })
    const { findings, answers } = await diagnosisOf(page, PATIENT)
    expect(findings).toEqual([])
    expect(answers.fullstory).toMatchObject({ identified: true })
    expect(answers.fullstory.uid).toBeUndefined()
    await page.evaluate(() => window.FS('setIdentity', { anonymous: true }))
    await expectFinding(page, { code: 'ids-differ', about: 'fullstory', expected: 'cust_1042', got: null })
    await page.evaluate(() => window.bridge.logout())
    await expect.poll(() => foundOn(page)).toEqual([])
    await page.evaluate(() => window.FS('setIdentity', { uid: 'somebody_else' }))
    await expectFinding(page, { code: 'ids-differ', about: 'fullstory', expected: null, got: '?' })
  })

  test('ids that are on their way are waited for', async () => {
    const { page } = await stage.open()
    const found = await page.evaluate(async () => {
      await window.bridge.ready({ timeout: 15_000 })
      window.bridge.identify('cust_1042')
      return (await window.diagnose({ timeout: 15_000 })).findings
    })
    expect(found).toEqual([])
  })
})

test('impersonated: an agent acts, and nothing else is said of ids', async () => {
  const { page } = await openKnown()
  await page.evaluate(() => window.bridge.impersonate(true))
  expect(await foundOn(page)).toEqual([['impersonated', null, 'yes']])
})
