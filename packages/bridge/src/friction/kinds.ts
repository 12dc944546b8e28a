/** What can go wrong for a visitor, from the mildest to the one that costs most. */
export const frictionKinds = [
  'dead_click',
  'rage_click',
  'validation_error',
  'step_loop',
  'repeated_submit',
  'request_failed',
  'script_error',
  'form_abandoned',
  'payment_failed_again',
] as const

/** One of {@link frictionKinds}. */
export type FrictionKind = (typeof frictionKinds)[number]
