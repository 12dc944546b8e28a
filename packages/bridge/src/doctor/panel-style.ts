/**
 * How the panel looks. A page's own rules do not reach into it; what they say of its host element is overruled. Nothing
 * moves, so that there is nothing to reduce.
 */
export const STYLE = `
:host{all:initial!important;position:fixed!important;inset:auto 12px 12px auto!important;z-index:2147483647!important;
color-scheme:light dark;--back:#fff;--text:#1c2024;--soft:#5b6470;--line:#d9dde3;--fill:#f3f5f7;--link:#0b57d0;
--good:#12702f;--error:#b3151b;--warning:#8a5300;--info:#0b57d0}
@media (prefers-color-scheme:dark){:host{--back:#191c20;--text:#eceef1;--soft:#a9b1bc;--line:#3a4049;--fill:#24282e;
--link:#8ab4f8;--good:#6fd08c;--error:#ff9a93;--warning:#f2be5c;--info:#8ab4f8}}
*{box-sizing:border-box}
section{display:flex;flex-direction:column;width:420px;max-width:calc(100vw - 24px);max-height:min(640px,calc(100vh - 24px));
overflow:hidden;font:14px/1.45 system-ui,sans-serif;text-align:start;color:var(--text);background:var(--back);
border:1px solid var(--line);border-radius:12px;box-shadow:0 8px 32px #0005}
header,footer{display:flex;flex-wrap:wrap;gap:8px;align-items:center;padding:10px 14px;background:var(--fill)}
h2{margin:0;font-size:15px}
[role=status]{flex:1;margin:0;color:var(--soft)}
main{overflow:auto;padding:0 14px 6px;overscroll-behavior:contain}
summary{padding:10px 0 4px;font-weight:600;cursor:pointer}
ul{margin:0 0 6px;padding:0;list-style:none}
li{margin:6px 0;padding-inline-start:9px;border-inline-start:3px solid var(--line);overflow-wrap:anywhere}
li p{margin:0;color:var(--soft);font-size:13px}
b{font-weight:600;margin-inline-end:6px}
code{font:13px ui-monospace,monospace}
.good{border-color:var(--good)}.error{border-color:var(--error)}.warning{border-color:var(--warning)}.info{border-color:var(--info)}
button,a{display:inline-flex;align-items:center;min-height:32px;padding:4px 11px;font:inherit;color:var(--link);background:var(--back);
border:1px solid var(--line);border-radius:8px;text-decoration:none;cursor:pointer}
button[aria-pressed=true]{color:var(--back);background:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:1px}
section:focus{outline:0}
textarea{width:100%;height:120px;margin:6px 0;font:12px ui-monospace,monospace;color:inherit;background:var(--fill)}
[hidden]{display:none}
@media (max-width:480px){:host{inset:auto 0 0!important}section{width:100%;max-width:none;max-height:75vh;border-width:1px 0 0;border-radius:12px 12px 0 0}button,a{min-height:44px}}
@media print{:host{display:none!important}}`
