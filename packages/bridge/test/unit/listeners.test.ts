import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createListeners } from '../../src/listeners.ts'

interface Events {
  one: { value: number }
  two: string
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('each listener hears its own event, in the order of listening', () => {
  const { on, emit } = createListeners<Events>()
  const heard: unknown[] = []
  on('one', event => heard.push(['first', event]))
  on('two', event => heard.push(['other', event]))
  on('one', event => heard.push(['second', event]))
  emit('one', { value: 1 })
  emit('two', 'text')
  expect(heard).toEqual([
    ['first', { value: 1 }],
    ['second', { value: 1 }],
    ['other', 'text'],
  ])
})

test('what on() returned ends that one subscription', () => {
  const { on, emit } = createListeners<Events>()
  const listener = vi.fn()
  const off = on('two', listener)
  on('two', listener)
  off()
  off()
  emit('two', 'text')
  expect(listener).toHaveBeenCalledTimes(1)
})

test('a listener may leave while it is called', () => {
  const { on, emit } = createListeners<Events>()
  const heard: string[] = []
  const off = on('two', () => {
    heard.push('once')
    off()
  })
  on('two', () => heard.push('always'))
  emit('two', '')
  emit('two', '')
  expect(heard).toEqual(['once', 'always', 'always'])
})

test('a listener that throws stops nobody, and the page sees its own error', () => {
  const { on, emit } = createListeners<Events>()
  const listener = vi.fn()
  const error = new Error('bug of the page')
  on('two', () => {
    throw error
  })
  on('two', listener)
  expect(() => emit('two', 'text')).not.toThrow()
  expect(listener).toHaveBeenCalledWith('text')
  expect(() => vi.runAllTimers()).toThrow(error)
})

test('an event without listeners is none', () => {
  expect(() => createListeners<Events>().emit('two', 'text')).not.toThrow()
})
