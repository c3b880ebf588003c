import type { AcceptedPlugin } from 'postcss';

/** What of a part holds text, and what may not grow with it on a narrow screen. */
const holdsText = /(font-size|line-height|height|icon-size)$/;
const pixels = /(\d*\.?\d+)px/g;

/**
 * Turns px into rem, so that the reader's size of text reaches the parts of the libraries, which are
 * written in px. On a phone only what holds text: spaces, borders and widths stay, or the page would
 * scroll sideways; at a desk all but the thinnest lines.
 */
export function textSizes(device: 'phone' | 'desk'): AcceptedPlugin {
  return {
    postcssPlugin: 'ddp-text-sizes',
    Declaration(declaration) {
      if (!declaration.value.includes('px')) return;
      if (device === 'phone' && !holdsText.test(declaration.prop)) return;
      const value = declaration.value.replace(pixels, (text, number: string) =>
        Number(number) > 2 ? `${Number(number) / 16}rem` : text,
      );
      if (value !== declaration.value) declaration.value = value;
    },
  };
}
