export interface GistSnippetOptions {
  /** Of the sandbox, e.g. `http://localhost:4400`. */
  origin: string
  /** Serves as site id. */
  workspace: string
  /** `false`: only the script; the page calls `Gist.setup` itself. @default true */
  setup?: boolean
  /** Visitors without a user token get messages too, as guests. @default false */
  useAnonymousSession?: boolean
}

/** Where the published file of `customerio-gist-web` is served to the pages of a workspace. */
export const gistPath = (workspace: string): string => `/sdk/gist/${workspace}/gist.min.js`

/**
 * Puts the real `customerio-gist-web` on a page by itself, as `window.Gist`, and sets it up against the sandbox.
 * JavaScript text without a script tag.
 */
export function gistSnippet(options: GistSnippetOptions): string {
  const { origin, workspace, setup = true, useAnonymousSession = false } = options
  const configuration = { siteId: workspace, env: 'local', useAnonymousSession }
  return `(() => {
  const script = document.createElement("script");
  script.async = true;
  script.src = ${JSON.stringify(origin + gistPath(workspace))};
  ${setup ? `script.onload = () => Gist.setup(${JSON.stringify(configuration)});` : ''}
  document.head.append(script);
})();
`
}
