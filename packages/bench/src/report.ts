import type { Bytes } from './bytes.ts'
import type { Correctness } from './correctness.ts'
import type { Cost } from './growth.ts'
import type { SessionLinks } from './session-link.ts'
import type { Timed, Times } from './times.ts'

/** Everything that a run has found, as it is in `docs/benchmarks.json`. */
export interface Report {
  date: string
  machine: { cores: number; processor: string; browser: string; node: string }
  bytes: Record<string, Bytes>
  correctness: Record<string, Correctness>
  sessionLinks: Record<'documented' | 'helped', SessionLinks>
  times: Record<Timed, Times>
  growth: Record<Timed, Cost[]>
}
