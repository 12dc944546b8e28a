import { beforeAll, expect, test } from 'vitest'
import { runSequence } from './run-sequence.ts'
import { loadScripts, type Scripts } from './scripts.ts'
import type { Sequence } from './steps.ts'
import {
  call,
  flag,
  guest,
  identify,
  inProcesses,
  logout,
  page,
  quickly,
  sequence,
  track,
  wait,
} from './written-sequences.ts'

/** Sequences that random ones have broken a guarantee with, as small as they get. One for each defect. */
const FOUND: [what: string, sequence: Sequence][] = [
  [
    'a late vendor does not hear of a person who has left again, on a visitor that another tab has begun',
    sequence(
      page(0, { customerio: 'late', fullstory: 'soon' }),
      call(0, identify('A')),
      page(2),
      call(0, logout),
    ),
  ],
  [
    'a logout link: the page is left while FullStory changes the person',
    sequence(page(), call(0, identify('A')), wait(), call(0, logout), page()),
  ],
  [
    'another login: the page is left while FullStory changes the person',
    sequence(page(), call(0, identify('A'), track), call(0, identify('B', { flag: true })), page()),
  ],
  [
    'flags that were not sent wait until FullStory knows whose they are',
    sequence(page(), call(0, identify('C'), identify('A'), flag), page()),
  ],
  [
    'two logins before another tab has heard of the first',
    sequence(page(), page(2), call(0, identify('A'), identify('B'))),
  ],
  [
    'a login and a logout before another tab has heard of either',
    sequence(page(), page(2), call(0, identify('A'), logout), call(2, track)),
  ],
  ['two guests in a row are two people', sequence(page(), call(0, guest('A', 1), guest('B')))],
  [
    'a guest of an earlier page, whose address Customer.io has not heard of',
    sequence(
      page(0, { customerio: 'late' }),
      call(0, guest('A')),
      page(0, { customerio: 'soon' }),
      call(0, track),
    ),
  ],
  [
    'a guest who is entered by another tab',
    quickly(
      page(0, { customerio: 'soon', fullstory: 'late' }),
      call(0, identify('A')),
      page(1, { customerio: 'soon', fullstory: 'soon' }),
      call(0, logout, guest('A')),
      call(0, identify('A'), track),
    ),
  ],
  [
    'two logins of an earlier page that Customer.io has not heard of',
    sequence(
      page(),
      call(0, track),
      wait(),
      page(0, { customerio: 'late' }),
      call(0, identify('C'), identify('A')),
      page(),
    ),
  ],
  [
    'a login and a logout of an earlier page that Customer.io has not heard of',
    sequence(
      page(),
      call(0, track),
      wait(),
      page(0, { customerio: 'late' }),
      call(0, identify('A'), logout),
      page(),
    ),
  ],
  [
    'a logout that Customer.io has not heard of when consent is withdrawn',
    sequence(
      page(),
      call(0, identify('A')),
      wait(),
      page(0, { customerio: 'late' }),
      call(0, logout, track),
      { do: 'consent', to: 'denied' },
    ),
  ],
  [
    'more changes of the person in one second than FullStory takes',
    sequence(
      page(),
      call(0, identify('A')),
      wait(),
      ...(['B', 'A', 'B', 'A', 'B', 'A', 'B'] as const).map(person => call(0, identify(person))),
      call(0, logout, track, identify('C'), logout, guest('A')),
    ),
  ],
  [
    'somebody else identifies through the SDK, and the page goes on at once',
    sequence(
      page(),
      call(0, identify('A'), track),
      { do: 'foreign', tab: 0, person: 'C', email: false },
      call(0, track),
    ),
  ],
  [
    'a tab that hears of a logout does not undo the login after it',
    inProcesses(page(), page(1), call(0, identify('A')), wait(), call(0, logout, identify('B'), track)),
  ],
  [
    'a vendor that is missing in two tabs hears of the login on the next page',
    sequence(page(0, { customerio: 'blocked' }), page(1, { customerio: 'absent' }), call(0, identify('A'))),
  ],
  [
    'a page comes back from the cache after a logout',
    inProcesses(
      page(),
      call(0, identify('A')),
      { do: 'page', tab: 0, customerio: 'early', fullstory: 'early', keep: true },
      call(0, logout),
      { do: 'back', tab: 0 },
    ),
  ],
  [
    'a page comes back from the cache, and another has told what it could not',
    quickly(
      page(),
      call(0, track, identify('C')),
      call(0, logout),
      { do: 'page', tab: 0, customerio: 'early', fullstory: 'early', keep: true },
      call(0, track),
      { do: 'back', tab: 0 },
    ),
  ],
  [
    'a logout where neither the memory nor Customer.io can say of whom',
    quickly(
      page(),
      call(0, identify('C')),
      { do: 'clear', what: 'localStorage' },
      page(2, { customerio: 'absent' }),
      call(2, logout),
    ),
  ],
  [
    'an SDK that is loaded while somebody else identifies through the one of another tab',
    quickly(
      page(),
      page(1),
      page(2, { customerio: 'soon', fullstory: 'soon' }),
      call(0, identify('B')),
      { do: 'foreign', tab: 0, person: 'A', email: false },
      call(1, flag, guest('A')),
      { do: 'clear', what: 'fullstory' },
    ),
  ],
  [
    'a page is identified by another one, and hears of it from its SDK first',
    {
      ...sequence(
        page(),
        page(1, { fullstory: 'blocked' }),
        call(1, identify('A'), logout),
        call(0, guest('C')),
        call(1, guest('A')),
      ),
      guest: 'email',
      storageDelay: 50,
    },
  ],
  [
    'a page comes back from the cache after a logout on one without Customer.io',
    quickly(
      page(),
      call(0, identify('C')),
      { do: 'page', tab: 0, customerio: 'early', fullstory: 'early', keep: true },
      call(0, identify('B')),
      page(0, { customerio: 'absent' }),
      call(0, logout),
      { do: 'back', tab: 0 },
    ),
  ],
  [
    'a guest, a login and a logout in the time of one answer, and then no consent',
    quickly(
      page(),
      page(1),
      call(0, guest('C')),
      call(0, identify('B')),
      call(0, logout),
      { do: 'consent', to: 'denied' },
      page(),
    ),
  ],
  [
    'another tab tells of a login and a logout that wait here for an event on its way',
    quickly(page(), page(2), call(0, track, identify('A')), call(0, logout), call(0, track, guest('A'))),
  ],
  [
    'somebody identifies through the SDK, and consent is withdrawn before it says so',
    quickly(
      page(1),
      { do: 'foreign', tab: 1, person: 'A', email: true },
      page(),
      call(0, identify('C')),
      { do: 'foreign', tab: 0, person: 'A', email: true },
      { do: 'consent', to: 'denied' },
    ),
  ],
  [
    'a logout without consent, of somebody whom FullStory has not heard of',
    quickly(
      page(),
      call(0, track),
      { do: 'foreign', tab: 0, person: 'B', email: false },
      { do: 'consent', to: 'denied' },
      call(0, logout),
    ),
  ],
]

let scripts: Scripts

beforeAll(async () => {
  scripts = await loadScripts()
})

test.each(FOUND)('%s', async (_what, found) => {
  expect(await runSequence(scripts, found).then(() => 'kept', String)).toBe('kept')
})
