export interface CustomerIoSnippetOptions {
  /** Of the sandbox, e.g. `http://localhost:4400`. */
  origin: string
  workspace: string
  /** @default 'cioanalytics' */
  globalKey?: string
  /** `false`: only the stub; the page calls `load` itself. @default true */
  load?: boolean
  /** JavaScript text of what `load` is given besides the key. */
  loadOptions?: string
  /** `true`: the snippet ends with a `page()` call, as the one in Customer.io's settings does. @default false */
  page?: boolean
}

const SNIPPET_VERSION = '4.15.3'

const METHODS = [
  'trackSubmit',
  'trackClick',
  'trackLink',
  'trackForm',
  'pageview',
  'identify',
  'reset',
  'group',
  'track',
  'ready',
  'alias',
  'debug',
  'page',
  'once',
  'off',
  'on',
  'addSourceMiddleware',
  'addIntegrationMiddleware',
  'setAnonymousId',
  'addDestinationMiddleware',
]

/** What Customer.io tells a store to paste, pointed at the sandbox. JavaScript text without a script tag. */
export function customerioSnippet(options: CustomerIoSnippetOptions): string {
  const {
    origin,
    workspace,
    globalKey = 'cioanalytics',
    load = true,
    loadOptions = '{}',
    page = false,
  } = options
  const calls = [
    load && `analytics.load(${JSON.stringify(workspace)}, ${loadOptions});`,
    page && 'analytics.page();',
  ]
  return `!function () {
  var i = ${JSON.stringify(globalKey)}, analytics = (window[i] = window[i] || []);
  if (analytics.initialize) return;
  if (analytics.invoked) {
    window.console && console.error && console.error("Snippet included twice.");
    return;
  }
  analytics.invoked = !0;
  analytics.methods = ${JSON.stringify(METHODS)};
  analytics.factory = function (method) {
    return function () {
      var call = Array.prototype.slice.call(arguments);
      call.unshift(method);
      analytics.push(call);
      return analytics;
    };
  };
  for (var n = 0; n < analytics.methods.length; n++) {
    var method = analytics.methods[n];
    analytics[method] = analytics.factory(method);
  }
  analytics.load = function (key, loadOptions) {
    var script = document.createElement("script");
    script.type = "text/javascript";
    script.async = !0;
    script.setAttribute("data-global-customerio-analytics-key", i);
    script.src = ${JSON.stringify(`${origin}/v1/analytics-js/snippet/`)} + key + "/analytics.min.js";
    var first = document.getElementsByTagName("script")[0];
    first.parentNode.insertBefore(script, first);
    analytics._writeKey = key;
    analytics._loadOptions = loadOptions;
  };
  analytics.SNIPPET_VERSION = ${JSON.stringify(SNIPPET_VERSION)};
  ${calls.filter(Boolean).join('\n  ')}
}();
`
}
