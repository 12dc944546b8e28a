import type { FindingCode, Severity } from './finding.ts'

/** What each kind of finding is, and what comes of it, for people who do not write code. `%` is what it is about. */
export const WORDS: Record<FindingCode, readonly [title: string, meaning: string]> = {
  'ids-differ': [
    '% takes this visitor for somebody else',
    'What is done here is added to two different people.',
  ],
  namespace: ['% is not under its own name', 'The bridge cannot find it, so it is told nothing.'],
  region: [
    '% is loaded from another region',
    'What is sent goes to a data center that does not know the account.',
  ],
  csp: ['The security policy of this page refuses %', 'The browser blocks what it needs, for every visitor.'],
  missing: [
    '% is not on this page',
    'It is told nothing, and what waits for it is lost when the page is left.',
  ],
  blocked: [
    '% could not be loaded',
    'An ad blocker does that to single visitors, a wrong key to all of them.',
  ],
  hung: ['% does not answer', 'Its script was asked for, and nothing came of it yet.'],
  disabled: ['% refuses to work here', 'The account may be over its quota, or the browser too old.'],
  'dev-mode': ['% is in development mode', 'It records nothing, for nobody.'],
  destination: [
    'Customer.io sends to FullStory, too',
    'Its own FullStory destination is on: everything is there twice.',
  ],
  'flag-other-type': [
    'FullStory has the flag % in another type',
    'Filters by this flag do not find this session.',
  ],
  'flag-stale': ['FullStory has an old value of the flag %', 'Filters by this flag find the wrong sessions.'],
  'flag-unknown': ['% is not a declared flag', 'It is not sent.'],
  'flag-refused': ['% was refused', 'The last good value stays.'],
  twice: ['% is loaded twice', 'Events may count twice.'],
  paused: ['% is not recording now', 'Events wait, and flags with them.'],
  budget: ['% will soon make calls wait', 'This page says more in a minute than it may.'],
  vendor: ['An SDK has failed on a call (%)', 'This call is lost.'],
  storage: ['This browser remembers nothing', 'On the next page calls may be made again.'],
  frame: ['This page is inside of another one', 'FullStory takes no visitor and no flags in there.'],
  clock: ['The clock of this device is wrong', 'Flags run out too late, or not at all.'],
  consent: ['The visitor has not agreed', 'Before they do, nothing is sent. That is how it should be.'],
  impersonated: ['A support agent acts as the customer', 'Nothing is sent. That is how it should be.'],
  waiting: ['% is still loading', 'What is said in the meantime waits.'],
  'in-app': ['There are no in-app messages', 'No flags come from the inbox of %.'],
}

export const SEVERITIES: Record<Severity, string> = { error: 'Problem', warning: 'Warning', info: 'Note' }

/** What there is one of on a page, by the name that the bridge has for it. */
export const NAMES: Record<string, string> = {
  bridge: 'Retention Bridge',
  customerio: 'Customer.io',
  gist: 'Customer.io in-app messages',
  fullstory: 'FullStory',
}
