import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Shopify theme","description":"","frontmatter":{},"headers":[],"relativePath":"examples/shopify-theme/index.md","filePath":"examples/shopify-theme/README.md"}');
const _sfc_main = { name: "examples/shopify-theme/index.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="shopify-theme" tabindex="-1">Shopify theme <a class="header-anchor" href="#shopify-theme" aria-label="Permalink to &quot;Shopify theme&quot;">​</a></h1><p>A small Online Store 2.0 theme with the snippet of <a href="/packages/shopify/"><code>@retention-bridge/shopify</code></a>: <code>layout/theme.liquid</code> renders it, the settings at the top of <code>snippets/retention-bridge.liquid</code> are an example of flags and rules.</p><p><code>npm run build</code> puts the script into <code>assets</code>. To see it in a store, upload the folder with <code>shopify theme push --unpublished</code>.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("examples/shopify-theme/README.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const README = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  README as default
};
