import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Retention Bridge","description":"","frontmatter":{},"headers":[],"relativePath":"index.md","filePath":"docs/index.md"}');
const _sfc_main = { name: "index.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="retention-bridge" tabindex="-1">Retention Bridge <a class="header-anchor" href="#retention-bridge" aria-label="Permalink to &quot;Retention Bridge&quot;">​</a></h1><p>Makes Customer.io and FullStory agree on who a storefront visitor is, and which audience they are in: a campaign&#39;s audience becomes a filter for sessions, and a session says which campaign it belongs to.</p><table tabindex="0"><thead><tr><th>you are</th><th>begin with</th></tr></thead><tbody><tr><td>a developer with five minutes</td><td><a href="/get-started">Get started</a></td></tr><tr><td>whoever runs the campaigns, and never opens the browser&#39;s tools</td><td><a href="/customerio">Customer.io, step by step</a>, <a href="/fullstory">FullStory, step by step</a>, then <a href="/playbook">the weekly friction review</a></td></tr><tr><td>responsible for privacy</td><td><a href="/privacy">Consent and privacy</a>: what leaves the browser, to whom, when</td></tr><tr><td>looking for what is wrong</td><td><a href="/troubleshooting">Troubleshooting</a>, by symptom; <a href="/doctor">the doctor</a>, by code</td></tr><tr><td>moving from something else</td><td><a href="/migrating">Migrating</a> from your own code, Segment, or Customer.io&#39;s FullStory destination</td></tr><tr><td>not sure whether it fits</td><td><a href="/limitations">Limitations</a></td></tr></tbody></table><h2 id="what-it-does" tabindex="-1">What it does <a class="header-anchor" href="#what-it-does" aria-label="Permalink to &quot;What it does&quot;">​</a></h2><ul><li><strong>One id.</strong> Both tools know a visitor by the same id, on all pages and in all tabs: <a href="/identity">how identity works</a>.</li><li><strong>Flags.</strong> What Customer.io or your store knows of a person is a property to filter FullStory&#39;s sessions by: <a href="/flags">flags and the plan</a>.</li><li><strong>Moments.</strong> A <a href="/checkout">checkout</a> and its <a href="/friction">friction</a> are events in both tools; Customer.io&#39;s have a link to the moment in FullStory.</li><li><strong>Only with consent, and only what was declared</strong>: <a href="/privacy">consent and privacy</a>.</li></ul><p><a href="/readme">The README</a> has all of it on one page, <a href="/reference/">the reference</a> every name.</p><p>In examples, <code>bridge</code> and <code>flags</code> are those of <a href="/flags#a-plan">the plan</a>, where nothing else is said. Each example is compiled and run by the library&#39;s tests, against Customer.io&#39;s real SDK and FullStory&#39;s real snippet.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/index.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  index as default
};
