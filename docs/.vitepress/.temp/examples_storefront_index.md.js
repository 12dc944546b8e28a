import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Storefront","description":"","frontmatter":{},"headers":[],"relativePath":"examples/storefront/index.md","filePath":"examples/storefront/README.md"}');
const _sfc_main = { name: "examples/storefront/index.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="storefront" tabindex="-1">Storefront <a class="header-anchor" href="#storefront" aria-label="Permalink to &quot;Storefront&quot;">​</a></h1><p>A small shop that uses <code>retention-bridge</code> as a store would, and an inspector that shows what Customer.io and FullStory hold of the visitor. Both vendors&#39; own snippets are on its pages; only their servers and <code>fs.js</code> are stand-ins, on this machine.</p><div class="language-sh vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">sh</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">npm</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> start</span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;">        # in the root of the repository: builds the library, starts the shop</span></span></code></pre></div><p>Open the printed address, and the inspector beside it. Then:</p><ol><li>Put something in the cart without signing in. Both tools know an anonymous visitor.</li><li>Sign in as Ada. Both tools now say <code>cust_1042</code>, and what she did before is hers.</li><li>Check out with the card that is declined, then with the one that pays.</li><li>In the inspector, find her session by <code>vip_tier</code> = <code>gold</code>: <code>payment_failed</code> is in it.</li><li>Fill the cart again, start the checkout and leave it: <code>cart_abandoner_4h</code> turns <code>true</code>.</li><li>Log out. Both tools go on with somebody new.</li></ol><table tabindex="0"><thead><tr><th>where</th><th>what</th></tr></thead><tbody><tr><td><code>src/flag-plan.ts</code></td><td>the flags</td></tr><tr><td><code>src/bridge.ts</code></td><td>the bridge, and how a customer is identified</td></tr><tr><td><code>src/pages/</code>, <code>src/checkout-progress.ts</code></td><td>calls to <code>track</code>, <code>setFlags</code> and <code>logout</code> where a shop makes them</td></tr><tr><td><code>src/inspector/</code></td><td>the inspector</td></tr><tr><td><code>server/</code></td><td>the shop&#39;s server, with both snippets put into each page</td></tr></tbody></table><p><code>PORT=8080 npm start</code> chooses the shop&#39;s port.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("examples/storefront/README.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const README = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  README as default
};
