import { isRecord, type UnknownRecord } from '../record.ts'

/** Where the script runs and how it was configured: globals of old snippets, then `init` of new ones. */
export interface Environment {
  namespace: string
  orgId: string
  /** Where the script came from is where its data goes. */
  origin: string
  host: string
  script: string
  appHost?: string
  cookieDomain?: string
  sessionUid?: string
  captureOnStartup: boolean
  /** A frame inside a page that is recorded as a whole. */
  isInnerFrame: boolean
  /** Builds before mid-2026 have no `getConfig`. Set `window._fs_sandbox_old_build = true` to get one. */
  hasGetConfig: boolean
}

export function readEnvironment(script: HTMLScriptElement | null): Environment {
  const globals = window as unknown as UnknownRecord
  const source = new URL(script?.src ?? location.href, location.href)
  const pathOrg = source.pathname.match(/\/s\/([^/]+)\/fs\.js$/)?.[1]
  return {
    namespace: script?.getAttribute('data-fs-namespace') ?? text(globals._fs_namespace) ?? 'FS',
    orgId: source.searchParams.get('org') ?? text(globals._fs_org) ?? pathOrg ?? '',
    origin: source.origin,
    host: text(globals._fs_host) ?? source.host,
    script: text(globals._fs_script) ?? source.host + source.pathname,
    appHost: text(globals._fs_app_host),
    cookieDomain: text(globals._fs_cookie_domain),
    captureOnStartup: globals._fs_capture_on_startup !== false,
    isInnerFrame: window !== window.top && globals._fs_is_outer_script !== true,
    hasGetConfig: globals._fs_sandbox_old_build !== true,
  }
}

/** `FS('init', { env })`: each call adds to what is known. */
export function applyInit(environment: Environment, options: unknown): void {
  if (!isRecord(options) || !isRecord(options.env)) return
  const { env } = options
  for (const key of ['orgId', 'host', 'script', 'appHost', 'cookieDomain', 'sessionUid'] as const) {
    const value = text(env[key])
    if (value !== undefined) environment[key] = value
  }
  if (typeof env.captureOnStartup === 'boolean') environment.captureOnStartup = env.captureOnStartup
  if (env.isOuterScript === true) environment.isInnerFrame = false
}

export function sessionUrlPrefix({ appHost, origin, orgId }: Environment): string {
  return `${appHost ? `${new URL(origin).protocol}//${appHost}` : origin}/ui/${orgId}/session/`
}

/** The `env` part of `getConfig`. */
export function configDetails(environment: Environment, snippetVersion: string): UnknownRecord {
  const { namespace, orgId, host, script, appHost, cookieDomain, sessionUid, captureOnStartup } = environment
  return {
    appHost: appHost ?? `app.${host}`,
    namespace,
    orgId,
    recHost: host,
    recSettingsHost: host,
    scheme: new URL(environment.origin).protocol,
    script,
    snippetVersion,
    captureOnStartup,
    ...(cookieDomain === undefined ? {} : { cookieDomain }),
    ...(sessionUid === undefined ? {} : { sessionUid }),
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
