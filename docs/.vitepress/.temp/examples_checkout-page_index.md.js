import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Checkout page","description":"","frontmatter":{},"headers":[],"relativePath":"examples/checkout-page/index.md","filePath":"examples/checkout-page/README.md"}');
const _sfc_main = { name: "examples/checkout-page/index.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="checkout-page" tabindex="-1">Checkout page <a class="header-anchor" href="#checkout-page" aria-label="Permalink to &quot;Checkout page&quot;">​</a></h1><p>A whole checkout in one HTML file, with one script tag and one init call: <code>index.html</code>.</p><div class="language-sh vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">sh</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">npm</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> run</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> build</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> &amp;&amp; </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">npm</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> start</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> --workspace</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> checkout-page</span></span></code></pre></div><p>It opens against the sandbox, so nothing leaves your machine; the link at the foot of the page shows what both vendors received. Things to try:</p><ul><li><strong>Declined, then paid.</strong> Choose the card that is declined: <code>payment_failed</code> becomes true, the checkout stays open. Pay with the other one: false again, and one order.</li><li><strong>Account.</strong> Tick &quot;Create an account&quot;: the guest of the contact step becomes a known person with the order, in one FullStory session.</li><li><strong>Go away.</strong> Close the tab in the middle: <code>checkout_abandoned</code>. Reload: <code>checkout_resumed</code>, and nothing begins anew.</li><li><strong>Back.</strong> After the order, the back button brings no second checkout and no second order.</li></ul></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("examples/checkout-page/README.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const README = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  README as default
};
