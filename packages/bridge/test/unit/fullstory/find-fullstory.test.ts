import { generateSnippetText, generateSnippetTextV1, generateSnippetTextV2 } from '@fullstory/snippet'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { find } from '../../../src/fullstory/find-fullstory.ts'
import type { Page } from '../../../src/globals.ts'

const page = window as unknown as Page
const NAMES = ['FS', 'MyFS', 'Other', '_fs_namespace', '_fs_org', '_fs_host', '_fs_script'] as const

beforeEach(() => {
  const { settings } = page.happyDOM as { settings: Record<string, boolean> }
  settings.handleDisabledFileLoadingAsSuccess = true
  // The snippet inserts its script before the first one of the page.
  document.head.innerHTML = '<script></script>'
})
afterEach(() => {
  document.head.innerHTML = ''
  for (const name of NAMES) delete page[name]
})

const findFullStory = (on: Page) => find('auto', on)?.sdk

const tag = (namespace: string) => {
  const script = document.createElement('script')
  script.type = 'text/plain'
  script.dataset.fsNamespace = namespace
  document.head.append(script)
}

test('without a snippet there is none', () => expect(findFullStory(page)).toBeUndefined())

describe.each([
  ['2.1', generateSnippetText],
  ['2.0', generateSnippetTextV2],
  ['1.3', generateSnippetTextV1],
])('the vendor’s snippet %s', (_, generate) => {
  test.each(['FS', 'MyFS'])('is found as %s', namespace => {
    new Function(generate({ orgId: 'o-1', namespace, host: 'fs.invalid', script: 'fs.invalid/fs.js' }))()
    expect(page[namespace]).toBeTypeOf('function')
    expect(findFullStory(page)).toBe(page[namespace])
  })
})

describe('the name is found in order', () => {
  const fs = () => {}

  test.each<
    [what: string, marked: string | undefined, named: unknown, there: string[], found: string | undefined]
  >([
    ['by the script’s mark', 'MyFS', undefined, ['FS', 'MyFS'], 'MyFS'],
    ['by the mark before _fs_namespace', 'MyFS', 'Other', ['FS', 'MyFS', 'Other'], 'MyFS'],
    ['by _fs_namespace', undefined, 'Other', ['FS', 'Other'], 'Other'],
    ['by _fs_namespace when the mark leads nowhere', 'MyFS', 'Other', ['FS', 'Other'], 'Other'],
    ['as FS when neither leads anywhere', 'MyFS', 'Other', ['FS'], 'FS'],
    ['as FS without either', undefined, undefined, ['FS'], 'FS'],
    ['as FS when the name is none', undefined, 7, ['FS'], 'FS'],
    ['not at all when no function is there', 'MyFS', 'Other', [], undefined],
  ])('%s', (_, marked, named, there, found) => {
    if (marked) tag(marked)
    page._fs_namespace = named
    for (const name of there) page[name] = Object.assign(() => {}, { called: name })
    expect(findFullStory(page)).toBe(found && page[found])
  })

  test.each([[[]], [{}], ['text'], [null], [true]])('%j in its place is passed over', other => {
    tag('MyFS')
    page.MyFS = other
    page.FS = fs
    expect(findFullStory(page)).toBe(fs)
  })
})

test('it is looked up anew each time', () => {
  const [stub, loaded] = [() => {}, () => {}]
  page.FS = stub
  expect(findFullStory(page)).toBe(stub)
  page.FS = loaded
  expect(findFullStory(page)).toBe(loaded)
})
