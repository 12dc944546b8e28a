import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Testing kit","description":"","frontmatter":{},"headers":[],"relativePath":"examples/testing-kit/index.md","filePath":"examples/testing-kit/README.md"}');
const _sfc_main = { name: "examples/testing-kit/index.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="testing-kit" tabindex="-1">Testing kit <a class="header-anchor" href="#testing-kit" aria-label="Permalink to &quot;Testing kit&quot;">​</a></h1><p>The part of a store that tells the tools something (<code>src/shop.ts</code>), and its tests, with <a href="/testing"><code>retention-bridge/testing</code></a>.</p><div class="language-sh vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">sh</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">npm</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> run</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> build</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> &amp;&amp; </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">npx</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> vitest</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> run</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> --project</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> browser</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> examples/testing-kit</span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;">   # test/shop.test.ts</span></span>
<span class="line"><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">npm</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> run</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> test:node</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> --workspace</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> testing-kit</span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;">                                # test/shop.node.ts</span></span></code></pre></div><p><code>test/shop.test.ts</code> is for vitest. jest needs <code>import { expect, test } from &#39;@jest/globals&#39;</code> instead and a page, <code>jest-environment-jsdom</code> for instance; the rest is the same. <code>test/shop.node.ts</code> is for Node&#39;s own test runner, where happy-dom is the page.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("examples/testing-kit/README.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const README = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  README as default
};
