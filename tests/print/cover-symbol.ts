import type { Random } from '@ddp/testing/random';
import type { Picture } from './read-qr.ts';

/** A finder pattern is seven modules wide, its margin one. */
const finderModules = 8;
const inks = [0, 255, 128];

interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * Paints over a tenth of a symbol's area with one or two rectangles anywhere but on its three
 * finder patterns and their margins, as a sticker, a scratch or a stain would.
 */
export function coverSymbol(
  picture: Picture,
  symbol: { left: number; top: number; modulePixels: number; size: number },
  random: Random,
): Picture {
  const data = Uint8Array.from(picture.data);
  const patches = random.between(1, 2);
  for (let patch = 0; patch < patches; patch += 1) {
    const one = drawRectangle(symbol.size, 0.1 / patches, random);
    const ink = random.pick(inks);
    const toPixel = (origin: number, at: number) => Math.round(origin + at * symbol.modulePixels);
    for (
      let y = toPixel(symbol.top, one.top);
      y < toPixel(symbol.top, one.top + one.height);
      y += 1
    ) {
      const from = y * picture.width + toPixel(symbol.left, one.left);
      const upTo = y * picture.width + toPixel(symbol.left, one.left + one.width);
      for (let at = from * 4; at < upTo * 4; at += 1) if (at % 4 !== 3) data[at] = ink;
    }
  }
  return { ...picture, data };
}

/** A rectangle of a share of the symbol, in modules, that touches no finder pattern. */
function drawRectangle(size: number, share: number, random: Random): Rectangle {
  for (;;) {
    const aspect = 0.4 + drawShare(random) * 2.1;
    const width = Math.sqrt(share * size * size * aspect);
    const height = width / aspect;
    const left = drawShare(random) * (size - width);
    const top = drawShare(random) * (size - height);
    const one = { left, top, width, height };
    if (width <= size && height <= size && !touchesFinder(one, size)) return one;
  }
}

function touchesFinder({ left, top, width, height }: Rectangle, size: number): boolean {
  const isLeft = left < finderModules;
  const isTop = top < finderModules;
  const isRight = left + width > size - finderModules;
  const isBottom = top + height > size - finderModules;
  return (isLeft && isTop) || (isRight && isTop) || (isLeft && isBottom);
}

/** From 0 to 1. */
function drawShare(random: Random): number {
  return random.between(0, 1_000_000) / 1_000_000;
}
