import { defineConfig } from 'vitest/config'

/**
 * Tests that drive a real browser: one file at a time over all of these projects. Chromium alone keeps two cores busy, and
 * the packaged one is unpacked at its first launch, which two workers must not do at once.
 */
const driven = {
  setupFiles: ['packages/sandbox/test/skip-by-capability.ts'],
  // The other engines, which `npm run test:engines` names, take several times as long as Chromium.
  testTimeout: process.env.RB_ENGINE ? 120_000 : 60_000,
  hookTimeout: process.env.RB_ENGINE ? 240_000 : 60_000,
  // A condition is waited for; how long that takes is the machine's business.
  expect: { poll: { timeout: 15_000 } },
  maxWorkers: 1,
  sequence: { groupOrder: 1 },
}

/** Compilers, also in hooks, and property-based tests take seconds, several times that on a machine with other work. */
const slow = { testTimeout: 60_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'ssr',
          include: [
            'packages/bridge/test/{ssr,package}/**/*.test.ts',
            'packages/bench/test/{document,tally}.test.ts',
          ],
          ...slow,
        },
      },
      {
        test: {
          name: 'unit',
          environment: 'happy-dom',
          include: ['packages/bridge/test/unit/**/*.test.ts'],
          ...slow,
        },
      },
      {
        test: {
          name: 'pixel',
          environment: 'happy-dom',
          include: ['packages/shopify/test/pixel/**/*.test.ts'],
          ...slow,
        },
      },
      { test: { name: 'shopify', include: ['packages/shopify/test/*.test.ts'], ...slow } },
      {
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            // Those fail the type check itself; here they would be reported a second time.
            ignoreSourceErrors: true,
            include: ['packages/bridge/test/types/**/*.test-d.ts'],
            tsconfig: 'packages/bridge/test/tsconfig.json',
          },
        },
      },
      {
        test: {
          name: 'fuzz',
          environment: 'happy-dom',
          include: ['packages/bridge/test/fuzz/**/*.test.ts'],
          testTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'model',
          include: ['packages/bridge/test/model/**/*.test.ts'],
          // Thousands of sequences take a minute, several times that on a machine with other work.
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'documents',
          include: ['packages/bridge/test/documents/**/*.test.ts'],
          ...driven,
          // Making the reference and the site takes half a minute, several times that on a machine with other work.
          testTimeout: 180_000,
          hookTimeout: 580_000,
        },
      },
      { test: { name: 'sandbox', include: ['packages/sandbox/test/**/*.test.ts'], ...driven } },
      {
        test: {
          name: 'faults',
          include: ['packages/bridge/test/faults/**/*.test.ts'],
          ...driven,
          // Rows mostly wait; more of them at a time than cores can drive would only wait for each other.
          maxConcurrency: 4,
        },
      },
      { test: { name: 'bench', include: ['packages/bench/test/session.test.ts'], ...driven } },
      {
        test: {
          name: 'browser',
          include: [
            'packages/{bridge,shopify}/test/browser/**/*.test.ts',
            'examples/*/test/**/*.test.{ts,tsx}',
          ],
          ...driven,
          setupFiles: [...driven.setupFiles, 'packages/sandbox/test/close-visitors.ts'],
        },
      },
    ],
  },
})
