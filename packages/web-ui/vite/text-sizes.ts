import type { AcceptedPlugin } from 'postcss';

const sized = /(font-size|line-height|height|icon-size)$/;
const pixels = /(\d*\.?\d+)px/g;

/**
 * Turns what holds text into rem, so that the reader's size of text reaches the parts of Vant, which
 * are written in px; spaces, borders and widths stay, or a narrow screen would scroll sideways.
 */
export function textSizes(): AcceptedPlugin {
  return {
    postcssPlugin: 'ddp-text-sizes',
    Declaration(declaration) {
      if (!sized.test(declaration.prop) || !declaration.value.includes('px')) return;
      const value = declaration.value.replace(pixels, (text, number: string) =>
        Number(number) > 2 ? `${Number(number) / 16}rem` : text,
      );
      if (value !== declaration.value) declaration.value = value;
    },
  };
}
