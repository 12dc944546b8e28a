import { Broken, checkClean, checkNoLeak, checkOnce, checkOneId } from './guarantees.ts'
import type { Scripts } from './scripts.ts'
import type { Sequence } from './steps.ts'
import { World } from './world.ts'

/** Milliseconds after which everything that can arrive has, the vendors' budgets of a minute included. */
const REST_MS = 130_000
/** A wait after which tabs have heard of each other, and vendors have told what they know. */
const QUIET_MS = 3_000

const check = (world: World): void => {
  checkOneId(world)
  checkNoLeak(world)
  checkOnce(world)
  checkClean(world)
}

// Where the sequence leaves open who the visitor is, the pages say so once they agree.
const observe = (world: World): void => {
  const { reference } = world
  const pages = world.pages.filter(({ isHeard }) => isHeard).map(({ page }) => page)
  const [id, another] = new Set(pages.map(({ bridge }) => bridge.status().identity.id))
  if (id === undefined || another !== undefined || reference.isUnsettled) return
  const isFinal = pages.some(({ sdk }) => sdk)
  if (!reference.observe(id, isFinal))
    throw new Broken(
      'ONE-ID',
      `the pages say ${id}, it must be one of ${reference.current.map(epoch => epoch.id)}`,
    )
}

/**
 * Lets a sequence happen and come to rest, then looks at everything. Then the next customer comes to the same device:
 * what was left behind for nobody in particular would be theirs. Rejects with {@link Broken}, else
 * resolves to the world as it is then.
 */
export const runSequence = async (scripts: Scripts, sequence: Sequence): Promise<World> => {
  const world = new World(scripts, sequence)
  for (const step of sequence.steps) {
    await world.take(step)
    if (step.do === 'wait' && step.ms >= QUIET_MS && world.reference.current.length > 1) observe(world)
  }
  await world.clock.pass(REST_MS)
  check(world)
  await world.take({ do: 'consent', to: 'granted' })
  const next = await world.open(3, 'early', 'early', false)
  await world.clock.pass(REST_MS)
  check(world)
  if (next.page.bridge.status().identity.id) world.speech.call(next, [{ say: 'logout' }])
  world.speech.call(next, [
    { say: 'identify', person: 'Z' as 'A', email: false, trait: 1, flag: true },
    { say: 'track' },
  ])
  await world.clock.pass(REST_MS)
  check(world)
  return world
}
