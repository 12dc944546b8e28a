import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../../scripts/entry-points.ts'

type Library = typeof import('../../src/index.ts')
type Kit = typeof import('../../src/testing/index.ts')

const require = createRequire(import.meta.url)
const ways: [how: string, load: (name: string) => unknown][] = [
  ['imported', name => import(`${packageRoot}dist/${name}.js`)],
  ['required', name => require(`${packageRoot}dist/${name}.cjs`)],
]

describe.each(ways)('the built kit, %s where there is no page', (_, load) => {
  test('has doubles that work by themselves', async () => {
    const { createCustomerIo, createFullStory, expectEvent, expectNoViolations, expectOneIdentity, settled } =
      (await load('testing/index')) as Kit
    const fullstory = createFullStory()
    const customerio = createCustomerIo()
    fullstory('setIdentity', { uid: 'ada' })
    fullstory('trackEvent', { name: 'viewed', properties: { n: 1 } })
    customerio.track('viewed', { n: 1 })
    customerio.page('Home')
    await settled({ customerio })
    customerio.identify('ada')
    await settled({ fullstory, customerio })
    expectOneIdentity({ fullstory, customerio }, 'ada')
    for (const double of [fullstory, customerio]) expectEvent(double, 'viewed', { n: 1 }, 'ada')
    expectNoViolations(fullstory, customerio)
  })

  test('says that a bridge does nothing there, as on a server', async () => {
    const { createBridge } = (await load('index')) as Library
    const { createCustomerIo, createFullStory, expectOneIdentity, settled } = (await load(
      'testing/index',
    )) as Kit
    const page = { fullstory: createFullStory(), customerio: createCustomerIo() }
    const bridge = createBridge({ flags: {}, ...page })
    bridge.identify('ada')
    await settled({ bridge, ...page })
    expect(() => expectOneIdentity({ bridge, ...page }, 'ada')).toThrow('There is no window')
    bridge.destroy()
  })
})
