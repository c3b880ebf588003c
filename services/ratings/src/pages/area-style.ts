import { createHash } from 'node:crypto';

/** The style sheet of the pages about areas, apart from that of the scan page, which is kept small. */
export const areaStyle = `
:root{color-scheme:light dark;--ink:#1c2430;--soft:#55606e;--paper:#fff;--ground:#f2f5f7;--line:#cfd6dd;
--brand:#0b6b5d;--bar:#e6ecef;--l5:#1e9e6a;--l4:#6aae3a;--l3:#e0a800;--l2:#e07b28;--l1:#d4452f}
@media (prefers-color-scheme:dark){:root{--ink:#edf1f4;--soft:#b0bac4;--paper:#1b222a;--ground:#11161b;
--line:#3c4854;--brand:#4fc3ae;--bar:#2a343e}}
*{box-sizing:border-box}
html{font-size:106.25%;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);line-height:1.5;
font-family:system-ui,"PingFang SC","Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{max-width:56rem;margin:0 auto;padding:0 .9rem 2rem}
.top{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.3rem .9rem;padding:.8rem 0;
color:var(--soft);font-size:.9rem;margin:0}
h1{font-size:1.7rem;line-height:1.25;margin:.2rem 0 .9rem;overflow-wrap:anywhere}
h2{font-size:1.1rem;margin:0 0 .8rem}
a{color:var(--brand)}
.top a{padding:.35rem 0}
.grid{display:grid;gap:.9rem}
@media (min-width:44rem){.grid{grid-template-columns:1fr 1fr}.wide{grid-column:1/-1}}
.card{background:var(--paper);border-radius:1rem;padding:1.1rem;min-width:0}
.mean{font-size:3.2rem;font-weight:700;line-height:1.1;margin:0}
.mean small{font-size:1rem;font-weight:400;color:var(--soft);margin-left:.5rem}
.facts{margin:.6rem 0 0;color:var(--soft)}
.facts div{display:flex;justify-content:space-between;gap:1rem;padding:.3rem 0;border-top:1px solid var(--line)}
.facts dt,.facts dd{margin:0}
.facts dd{color:var(--ink);font-weight:700;white-space:nowrap}
.levels{list-style:none;margin:0;padding:0;display:grid;gap:.55rem}
.levels li{display:grid;grid-template-columns:minmax(5.5em,auto) 1fr 3.6em;gap:.6rem;align-items:center}
.levels span:last-child{text-align:right;color:var(--soft)}
svg{display:block;width:100%;height:auto}
.bar{height:1rem}
.bar .back{fill:var(--bar)}
.n5{fill:var(--l5)}.n4{fill:var(--l4)}.n3{fill:var(--l3)}.n2{fill:var(--l2)}.n1{fill:var(--l1)}
.scroll{overflow-x:auto}
.months{display:flex;gap:.25rem;align-items:flex-end;list-style:none;margin:0;padding:0}
.months li{flex:1 1 0;min-width:2.5rem;text-align:center;font-size:.8rem;color:var(--soft)}
.months b{display:block;color:var(--ink);font-size:.85rem}
.months svg{height:7rem;width:100%}
.months rect{fill:var(--brand)}
table{width:100%;border-collapse:collapse}
th,td{text-align:right;padding:.55rem .3rem;border-top:1px solid var(--line);font-weight:400}
th:first-child,td:first-child{text-align:left}
thead th{border-top:0;color:var(--soft);font-size:.9rem}
tbody a{display:inline-block;padding:.2rem 0}
@media (max-width:20em){.mean{font-size:2.2rem}.mean small{display:block;margin:0}
.facts div{flex-wrap:wrap}.levels li{grid-template-columns:1fr auto}.levels svg{grid-row:2;grid-column:1/-1}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr,td{display:block;text-align:left}tbody tr{border-top:1px solid var(--line);padding:.5rem 0}
td{border:0;padding:.15rem 0}}
footer{color:var(--soft);font-size:.9rem;margin-top:1rem}
:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
`;

const hash = createHash('sha256').update(areaStyle).digest('base64');

/** Nothing but the page itself: no script, no foreign origin, no frame around it. */
export const areaPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${hash}'`,
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
