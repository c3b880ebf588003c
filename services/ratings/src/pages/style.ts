import { createHash } from 'node:crypto';
import { scriptHash } from './script.ts';

/** One style sheet for all pages of this service, sent inside the page: one request on a weak net. */
export const style = `
:root{color-scheme:light dark;--ink:#1c2430;--soft:#55606e;--paper:#fff;--ground:#f2f5f7;--line:#cfd6dd;
--brand:#0b6b5d;--brand-ink:#fff;--pick:#e3f3ef;--warn:#9c2b1b}
@media (prefers-color-scheme:dark){:root{--ink:#edf1f4;--soft:#b0bac4;--paper:#1b222a;--ground:#11161b;
--line:#3c4854;--brand:#4fc3ae;--brand-ink:#08201c;--pick:#1f3a36;--warn:#ff9d8c}}
*{box-sizing:border-box}
html{font-size:112.5%;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);line-height:1.5;
font-family:system-ui,"PingFang SC","Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{max-width:30rem;margin:0 auto;padding:0 .9rem 2rem}
.brand{margin:0 -.9rem;padding:.7rem .9rem;color:var(--soft);font-size:.85rem}
.card{background:var(--paper);border-radius:1rem;padding:1.1rem;margin-bottom:.9rem}
.who{display:flex;gap:.9rem;align-items:center}
.photo{flex:none;width:4rem;height:4rem;border-radius:50%;background:var(--pick);color:var(--brand);
display:grid;place-items:center;font-size:1.8rem;font-weight:700;overflow:hidden}
.photo>*{grid-area:1/1}.photo img{width:4rem;height:4rem;object-fit:cover;color:transparent}
h1{font-size:1.45rem;line-height:1.25;margin:0;overflow-wrap:anywhere}
.who p{margin:.15rem 0 0;color:var(--soft)}
h2,legend{font-size:1.1rem;font-weight:700;margin:0 0 .6rem;padding:0}
fieldset{border:0;margin:0;padding:0;min-width:0}
.hidden{position:absolute;width:1px;height:1px;opacity:0;margin:0}
.faces{display:flex;flex-direction:column;gap:.5rem}
.face{display:flex;align-items:center;gap:.8rem;padding:.5rem .8rem;border:2px solid var(--line);
border-radius:.8rem;min-height:3.2rem;cursor:pointer;font-size:1.05rem}
.face svg{flex:none;width:2.2rem;height:2.2rem}
.reasons{display:none;margin-top:1.1rem}
.chips{display:flex;flex-wrap:wrap;gap:.5rem}
.chip{display:none;align-items:center;gap:.45rem;border:2px solid var(--line);border-radius:2rem;
padding:.35rem .9rem;min-height:2.6rem;cursor:pointer}
.chip input{width:1.15rem;height:1.15rem;accent-color:var(--brand);margin:0}
label.words{display:block;font-weight:700;margin-top:1.1rem}
textarea{width:100%;margin-top:.4rem;border:2px solid var(--line);border-radius:.8rem;padding:.6rem;
font:inherit;background:var(--paper);color:inherit;min-height:5.2rem}
label.file{display:block;font-weight:700;margin-top:1.1rem}
input[type=file]{width:100%;margin-top:.4rem;font:inherit;font-size:.95rem;color:inherit}
input::file-selector-button{min-height:2.6rem;padding:.4rem .9rem;margin-right:.7rem;border:2px solid var(--brand);
border-radius:.8rem;background:transparent;color:var(--brand);font:inherit;font-weight:700}
.named{display:flex;align-items:center;gap:.6rem;margin-top:1rem;min-height:2.6rem}
.named input{width:1.3rem;height:1.3rem;flex:none;accent-color:var(--brand);margin:0}
.saved{border:2px solid var(--brand);border-radius:.8rem;padding:.7rem;font-weight:700}
#kept ul{list-style:none;margin:0;padding:0}
#kept li{border-top:1px solid var(--line);padding:.7rem 0}#kept p{margin:0 0 .6rem;overflow-wrap:anywhere}
#kept .button{margin-top:.6rem}#kept a{padding:0}#kept a::after{content:"："}[hidden]{display:none!important}
.hint{color:var(--soft);font-size:.85rem;margin:.2rem 0 0}
.actions{display:grid;gap:.7rem;margin-top:1.2rem}
.button{display:block;width:100%;min-height:3.2rem;padding:.7rem;border-radius:.8rem;border:2px solid var(--brand);
font:inherit;font-size:1.1rem;font-weight:700;text-align:center;text-decoration:none;cursor:pointer}
.send{background:var(--brand);color:var(--brand-ink)}
.skip{background:transparent;color:var(--brand)}
.error{color:var(--warn);font-weight:700;margin:0 0 .6rem}
.big{font-size:1.7rem;line-height:1.3}
footer{text-align:center;color:var(--soft);font-size:.85rem}
footer a,a.plain{color:var(--brand);display:inline-block;padding:.6rem}
:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
#l5:checked~.faces [for=l5],#l4:checked~.faces [for=l4],#l3:checked~.faces [for=l3],
#l2:checked~.faces [for=l2],#l1:checked~.faces [for=l1]{border-color:var(--brand);background:var(--pick);font-weight:700}
#l5:focus-visible~.faces [for=l5],#l4:focus-visible~.faces [for=l4],#l3:focus-visible~.faces [for=l3],
#l2:focus-visible~.faces [for=l2],#l1:focus-visible~.faces [for=l1]{outline:3px solid var(--brand);outline-offset:2px}
input:checked~.reasons{display:block}
#l5:checked~.reasons .n5,#l4:checked~.reasons .n4,#l3:checked~.reasons .n3,
#l2:checked~.reasons .n2,#l1:checked~.reasons .n1{display:inline-flex}
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** Nothing but the page itself: its own script and style, no foreign origin, no frame around it. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  `script-src 'sha256-${scriptHash}'`,
  "connect-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
