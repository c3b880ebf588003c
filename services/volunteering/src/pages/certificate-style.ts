import { createHash } from 'node:crypto';

/** The style sheet of the page that checks certificates, sent inside it. */
export const certificateStyle = `
:root{color-scheme:light dark;--ink:#1c2430;--soft:#55606e;--paper:#fff;--ground:#f2f5f7;--line:#cfd6dd;
--brand:#0b6b5d;--brand-ink:#fff;--good:#e3f3ef;--good-ink:#0b5a4e;--bad:#fbe9e6;--bad-ink:#8f2415}
@media (prefers-color-scheme:dark){:root{--ink:#edf1f4;--soft:#b0bac4;--paper:#1b222a;--ground:#11161b;
--line:#3c4854;--brand:#4fc3ae;--brand-ink:#08201c;--good:#17342f;--good-ink:#8fe0d0;--bad:#3d1f1a;--bad-ink:#ffb3a6}}
*{box-sizing:border-box}
html{font-size:112.5%;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);line-height:1.5;
font-family:system-ui,"PingFang SC","Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{max-width:34rem;margin:0 auto;padding:0 .9rem 2rem}
.top{color:var(--soft);font-size:.85rem;margin:0;padding:.8rem 0 .3rem}
h1{font-size:1.5rem;line-height:1.3;margin:.1rem 0 .8rem;overflow-wrap:anywhere}
h2{font-size:1.1rem;margin:0 0 .6rem}
.card{background:var(--paper);border-radius:1rem;padding:1.1rem;margin-bottom:.9rem}
.verdict{border-left:.5rem solid}
.good{background:var(--good);color:var(--good-ink)}
.bad{background:var(--bad);color:var(--bad-ink)}
.verdict p{margin:.35rem 0 0}
.verdict .state{font-size:2rem;font-weight:700;line-height:1.2;margin:0}
.verdict h2{margin:.35rem 0 0}
dl{margin:0}
dl div{padding:.55rem 0;border-top:1px solid var(--line)}
dl div:first-child{border-top:0;padding-top:0}
dt{color:var(--soft);font-size:.85rem}
dd{margin:0;font-size:1.15rem;font-weight:700;overflow-wrap:anywhere}
dd span{white-space:nowrap}
label{display:block;font-weight:700}
input{width:100%;margin-top:.4rem;font:inherit;color:inherit}
input[type=text]{border:2px solid var(--soft);border-radius:.8rem;padding:.6rem .7rem;min-height:3.2rem;
background:var(--paper);font-size:1.2rem;letter-spacing:.06em}
input[type=file]{font-size:.95rem}
input::file-selector-button{min-height:2.8rem;padding:.4rem .9rem;margin:0 .7rem .3rem 0;border:2px solid var(--brand);
border-radius:.8rem;background:transparent;color:var(--brand);font:inherit;font-weight:700}
.hint{color:var(--soft);font-size:.85rem;margin:.3rem 0 0}
.button{display:block;width:100%;min-height:3.2rem;margin-top:.9rem;padding:.7rem;border-radius:.8rem;
border:2px solid var(--brand);background:var(--brand);color:var(--brand-ink);font:inherit;font-size:1.1rem;
font-weight:700;text-align:center;cursor:pointer}
.plain{background:transparent;color:var(--brand);text-decoration:none}
footer{color:var(--soft);font-size:.85rem}
:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
`;

const hash = createHash('sha256').update(certificateStyle).digest('base64');

/** Nothing but the page itself and its own forms: no script, no foreign origin, no frame around it. */
export const certificatePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${hash}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
