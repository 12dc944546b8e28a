/** What a store's page, or a framework that is not installed here, has already. */
declare const cioanalytics: import('@customerio/cdp-analytics-browser').AnalyticsSnippet
declare const writeKey: string

declare module 'next/navigation' {
  export function usePathname(): string
}
