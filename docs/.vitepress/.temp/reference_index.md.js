import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"API reference","description":"","frontmatter":{},"headers":[],"relativePath":"reference/index.md","filePath":"docs/reference/index.md"}');
const _sfc_main = { name: "reference/index.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="api-reference" tabindex="-1">API reference <a class="header-anchor" href="#api-reference" aria-label="Permalink to &quot;API reference&quot;">​</a></h1><h2 id="modules" tabindex="-1">Modules <a class="header-anchor" href="#modules" aria-label="Permalink to &quot;Modules&quot;">​</a></h2><ul><li><a href="/reference/retention-bridge/carry">retention-bridge/carry</a></li><li><a href="/reference/retention-bridge/checkout">retention-bridge/checkout</a></li><li><a href="/reference/retention-bridge/consent">retention-bridge/consent</a></li><li><a href="/reference/retention-bridge/doctor">retention-bridge/doctor</a></li><li><a href="/reference/retention-bridge/friction">retention-bridge/friction</a></li><li><a href="/reference/retention-bridge/in-app">retention-bridge/in-app</a></li><li><a href="/reference/retention-bridge/inbox">retention-bridge/inbox</a></li><li><a href="/reference/retention-bridge">retention-bridge</a></li><li><a href="/reference/retention-bridge/replay">retention-bridge/replay</a></li><li><a href="/reference/retention-bridge/sources">retention-bridge/sources</a></li><li><a href="/reference/retention-bridge/testing">retention-bridge/testing</a></li><li><a href="/reference/retention-bridge/traits">retention-bridge/traits</a></li></ul></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/reference/index.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  index as default
};
