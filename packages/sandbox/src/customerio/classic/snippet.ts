export interface ClassicSnippetOptions {
  /** Of the sandbox, e.g. `http://localhost:4400`. */
  origin: string
  /** Serves as site id. */
  workspace: string
  /** `false`: lists arrive as objects by position, which is what track.js does unless told otherwise. @default true */
  useArrayParams?: boolean
  /** `false`: the page calls `_cio.page()` itself. @default true */
  autoTrackPage?: boolean
  /** Only sets the attribute: the in-app part of track.js has no stand-in, see `gistSnippet`. @default false */
  useInApp?: boolean
}

/** The stub's methods; `reset` comes with the script, and a call before that throws. */
export const STUB_METHODS = ['load', 'identify', 'sidentify', 'track', 'page', 'on', 'off']

/** Where the stand-in for track.js is served; the vendor's own address does not name the site, the tag does. */
export const trackerPath = (workspace: string): string => `/classic/${workspace}/assets/track.js`

/**
 * What Customer.io's classic snippet does to a page, pointed at the sandbox: an array stub `window._cio` and the
 * script tag `cio-tracker` with its `data-` attributes. JavaScript text without a script tag. Documented at
 * https://docs.customer.io/integrations/data-in/connections/javascript/legacy-js/getting-started/
 */
export function classicSnippet(options: ClassicSnippetOptions): string {
  const { origin, workspace, useArrayParams = true, autoTrackPage = true, useInApp = false } = options
  const attributes = {
    'data-site-id': workspace,
    'data-use-array-params': useArrayParams,
    'data-auto-track-page': autoTrackPage,
    'data-use-in-app': useInApp,
  }
  return `window._cio = window._cio || [];
(() => {
  for (const method of ${JSON.stringify(STUB_METHODS)}) {
    _cio[method] = (...parameters) => { _cio.push([method, ...parameters]); };
  }
  const script = document.createElement("script");
  script.async = true;
  script.id = "cio-tracker";
  const attributes = ${JSON.stringify(attributes)};
  for (const name in attributes) script.setAttribute(name, attributes[name]);
  script.src = ${JSON.stringify(origin + trackerPath(workspace))};
  const first = document.getElementsByTagName("script")[0];
  first.parentNode.insertBefore(script, first);
})();
`
}
