import type { Sequence } from './sequence.ts'

export const fullstoryStates: Sequence[] = [
  {
    what: 'shut down and restarted: sync calls wait, async ones are lost',
    run: async ({ FS, started }) => {
      const seen: unknown[] = []
      FS('observe', { type: 'shutdown', callback: ({ reason }: { reason: number }) => seen.push(reason) })
      FS('shutdown')
      FS('trackEvent', { name: 'kept' })
      FS('setProperties', { type: 'user', properties: { vip_tier: 'gold' } })
      const asked = [FS('getSession'), FS('getConfig'), FS.getCurrentSessionURL?.()]
      const lost = await (FS('getSessionAsync') as Promise<unknown>).catch(String)
      FS('restart')
      await started()
      return [seen, asked.map(String), lost]
    },
    answers: [[1], ['undefined', 'undefined', 'null'], 'Error: Shutdown called.'],
    expected: { sessions: [[null, ['kept']]], properties: { '': { vip_tier: 'gold' } } },
  },
  {
    what: 'shut down for good',
    run: ({ FS }) => {
      FS('trackEvent', { name: 'before' })
      FS.shutdown?.()
      FS('trackEvent', { name: 'after' })
    },
    expected: { sessions: [[null, ['before'], 1]] },
  },
  {
    what: 'what it answers, and what is nothing to it',
    run: async ({ FS }) => {
      FS('setIdentity', { uid: 'A', properties: { vip_tier: 'gold' } })
      FS('nonsense', 1)
      FS(undefined)
      FS('trackEvent')
      FS('setProperties', 'user')
      FS('setProperties', { type: 'document', properties: { a: 1 } })
      const shape = (value: unknown) =>
        value && typeof value === 'object' ? Object.keys(value).sort() : typeof value
      const failed = FS('observe', { type: 'session', callback: () => {} })
      return [
        ...['url', 'id', 'url.now', 'all'].map(format => shape(FS('getSession', { format }))),
        shape(await FS('getSessionAsync', { format: 'id' })),
        shape(await FS('getConfigAsync')),
        (FS('getConfig') as { user: unknown }).user,
        shape(failed),
        shape(FS('observe', { type: 'start', callback: () => {} })),
        FS('getFullstoryId', null),
        String(FS._v),
      ]
    },
    answers: [
      'string',
      'string',
      'string',
      ['orgId', 'pageId', 'sessionId', 'userId'],
      'string',
      ['env', 'user'],
      { uid: 'A', properties: { vip_tier: 'gold' } },
      ['disconnect', 'failed'],
      ['disconnect'],
      0,
      '2.1.0',
    ],
    expected: { rules: ['event_name_length'], sessions: [['A', []]] },
  },
  {
    what: 'observers: late ones hear of the start, disconnected ones of nothing',
    run: async ({ FS, started }) => {
      const seen: unknown[] = []
      const start = (name: string) => (details: object) => seen.push([name, Object.keys(details).sort()])
      FS('observe', { type: 'start', callback: start('late') })
      const gone = FS('observe', { type: 'start', callback: start('gone') }) as { disconnect(): void }
      gone.disconnect()
      await Promise.resolve()
      FS('shutdown')
      FS('restart')
      await started()
      return seen
    },
    answers: [
      ['late', ['sessionUrl', 'settings']],
      ['late', ['sessionUrl', 'settings']],
    ],
    expected: { sessions: [[null, []]] },
  },
]

export const fullstoryLoading: Sequence[] = [
  {
    what: 'calls of before the script are done when it is there',
    preload: ({ FS }) => {
      FS('setIdentity', { uid: 'A', properties: { vip_tier: 'gold' } })
      FS('trackEvent', { name: 'early', properties: {} })
      FS.event?.('early_V1', { n_int: 1 })
    },
    run: () => {},
    expected: { sessions: [['A', ['early', 'early_V1']]], properties: { A: { vip_tier: 'gold' } } },
  },
  {
    what: 'a change of person before the script is there discards what was before it',
    preload: ({ FS }) => {
      FS('trackEvent', { name: 'anonymous', properties: {} })
      FS('setIdentity', { uid: 'A' })
      FS('trackEvent', { name: 'of_A', properties: {} })
      FS('setIdentity', { uid: 'B' })
      FS('trackEvent', { name: 'of_B', properties: {} })
    },
    run: () => {},
    expected: { sessions: [['B', ['of_B']]] },
  },
  {
    what: 'a script that is blocked: async calls are rejected, sync ones vanish',
    isBlocked: true,
    preload: ({ FS }) => {
      const answers = { early: '' }
      Object.assign(globalThis, { parity: answers })
      ;(FS('getSessionAsync') as Promise<unknown>).catch(error => {
        answers.early = String(error)
      })
      FS('trackEvent', { name: 'lost' })
    },
    run: async ({ FS }) => {
      const { parity } = globalThis as unknown as { parity: { early: string } }
      while (!parity.early) await new Promise(resolve => setTimeout(resolve, 5))
      const late = await (FS('getSessionAsync') as Promise<unknown>).catch(String)
      const plain = (text: unknown) => String(text).replace(/loading .*fs\.js/, 'loading fs.js')
      return [plain(parity.early), plain(late), FS('getSession'), typeof FS.getCurrentSession]
    },
    answers: ['Error: Error loading fs.js', 'Error: Error loading fs.js', null, 'undefined'],
    expected: { sessions: [] },
  },
]
