export { anonymousIdFlag } from './anonymous-id-flag.ts'
export { replayTrait } from './replay-trait.ts'
