import type { CustomerPrivacyPayload, RegisterInit, StandardEvent } from '@shopify/web-pixels-extension'

/** `lax`: a custom pixel, in a sandboxed iframe. `strict`: an app pixel, in a worker of such an iframe. */
export type PixelRuntime = 'lax' | 'strict'

export type Privacy = CustomerPrivacyPayload['customerPrivacy']

/** What a realm is given before it runs its pixel. */
export interface RealmStart {
  runtime: PixelRuntime
  /** The built pixel. */
  pixel: string
  init: RegisterInit
  /** App pixels only. */
  settings: Record<string, string>
}

export type StorageArea = 'cookie' | 'localStorage' | 'sessionStorage'

/** From the page to the pixel's realm. */
export type ToRealm =
  | { kind: 'start'; start: RealmStart }
  | { kind: 'event'; event: StandardEvent }
  | { kind: 'consent'; payload: CustomerPrivacyPayload }
  | { kind: 'answer'; call: number; value: unknown }
  | { kind: 'refusal'; call: number; reason: string }

/** From the pixel's realm to the page. */
export type ToPage =
  | { kind: 'running' }
  | { kind: 'call'; call: number; area: StorageArea; method: string; args: unknown[] }
  /** The pixel has used what Shopify's documentation and types do not have. */
  | { kind: 'undocumented'; name: string }
  | { kind: 'error'; message: string }
