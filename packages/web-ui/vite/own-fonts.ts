import type { AcceptedPlugin } from 'postcss';

/** Drops fonts of foreign servers: Vant's icons, which no page of ours uses, would be asked of one. */
export function ownFonts(): AcceptedPlugin {
  return {
    postcssPlugin: 'ddp-own-fonts',
    AtRule: {
      'font-face': (rule) => {
        if (/url\(["']?(?:https?:)?\/\//.test(rule.toString())) rule.remove();
      },
    },
  };
}
