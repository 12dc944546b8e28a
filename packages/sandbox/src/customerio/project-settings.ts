export interface CustomerIoSettings {
  /** The in-app plugin is part of the settings. */
  inApp: boolean
  /** Visitors who are not identified get in-app messages too, as guests. */
  anonymousInApp: boolean
  /** The workspace also has Customer.io's own FullStory destination on. */
  fullstoryDestination: boolean
}

export const FULLSTORY_DESTINATION = {
  name: 'fullstory-web',
  libraryName: 'fullstory-webDestination',
  path: '/v1/analytics-js/actions/fullstory-web.js',
} as const

export function defaultSettings(): CustomerIoSettings {
  return { inApp: true, anonymousInApp: false, fullstoryDestination: false }
}

/** What the SDK fetches before it does anything. */
export function projectSettings(workspace: string, origin: string, settings: CustomerIoSettings): object {
  const { protocol, host } = new URL(origin)
  const { inApp, anonymousInApp, fullstoryDestination } = settings
  const { name, libraryName, path } = FULLSTORY_DESTINATION
  return {
    integrations: {
      'Customer.io Data Pipelines': {
        apiKey: workspace,
        apiHost: `${host}/v1`,
        protocol: protocol.replace(':', ''),
      },
      ...(inApp && { 'Customer.io In-App Plugin': { siteId: workspace, _env: 'local', anonymousInApp } }),
      ...(fullstoryDestination && { [name]: {} }),
    },
    remotePlugins: fullstoryDestination
      ? [{ name, creationName: name, libraryName, url: origin + path, settings: { orgId: workspace } }]
      : [],
  }
}
