import { ssrRenderAttrs, ssrRenderAttr } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const _imports_0 = "/assets/shopify-shop.BPHlxLeR.png";
const _imports_1 = "/assets/shopify-inspector.qzlrCAyY.png";
const __pageData = JSON.parse('{"title":"A store on Shopify","description":"","frontmatter":{},"headers":[],"relativePath":"examples/shopify-store/index.md","filePath":"examples/shopify-store/README.md"}');
const _sfc_main = { name: "examples/shopify-store/index.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="a-store-on-shopify" tabindex="-1">A store on Shopify <a class="header-anchor" href="#a-store-on-shopify" aria-label="Permalink to &quot;A store on Shopify&quot;">​</a></h1><div class="language-sh vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">sh</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">npm</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> ci</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> &amp;&amp; </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">npm</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> run</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> build</span></span>
<span class="line"><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">npm</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> start</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> --workspace</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> shopify-store</span></span></code></pre></div><p>Opens the <a href="/examples/shopify-theme/">example theme</a>, rendered as Shopify renders it, a checkout with none of the theme&#39;s code, in which the custom pixel runs, and the inspector of what both tools received. Log in as <code>ada@example.com</code> or <code>grace@example.com</code>, with any password. The card <code>4000 0000 0000 0002</code> is declined.</p><p>Shopify&#39;s side (Liquid, forms, checkout, the realm of the pixel) is <code>packages/sandbox/src/shopify</code>; everything else is what a store has.</p><p>After a declined card, a payment and a login:</p><p><img${ssrRenderAttr("src", _imports_0)} alt="The account page of the store"><img${ssrRenderAttr("src", _imports_1)} alt="The inspector: the same person in both tools, with flags, events and one session"></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("examples/shopify-store/README.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const README = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  README as default
};
