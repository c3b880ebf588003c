import { box, type Mark, type Page } from '../drawing/marks.ts';
import { setText } from '../drawing/text-marks.ts';
import { brand, hairline, ink, product, soft } from '../sheets/sheet-item.ts';

export const a4 = { widthMm: 210, heightMm: 297 };
export const margin = 18;
export const inner = a4.widthMm - 2 * margin;

type Align = 'left' | 'centre' | 'right';

/** One line of text inside a width; it shrinks rather than being cut off. */
export function label(
  text: string,
  at: { x: number; y: number; widthMm: number },
  look: { points: number; colour?: string; isBold?: boolean; align?: Align; maxLines?: number },
): Mark[] {
  const { points, colour = ink, isBold = false, align = 'left', maxLines = 1 } = look;
  const heightMm = maxLines * points * 0.45;
  const weight = isBold ? 'bold' : 'regular';
  const textBox = { widthMm: at.widthMm, heightMm, weight, maxPoints: points, maxLines } as const;
  return setText(text, textBox, { x: at.x, y: at.y, colour: colour as typeof ink, align });
}

export function heading(text: string, y: number, x = margin): Mark[] {
  return [
    { kind: 'path', steps: box(x, y + 0.6, 1.2, 5), fill: brand },
    ...label(text, { x: x + 3.4, y, widthMm: inner + margin - x }, { points: 12, isBold: true }),
  ];
}

/** A figure with what it is above and what is to be known of it below. */
export type Tile = readonly [name: string, value: string, note: string];

const tileGap = 5;
const tilePadding = 5;

/** Figures in boxes of one width, side by side across the page. */
export function drawTiles(
  tiles: readonly Tile[],
  { y, height, points }: { y: number; height: number; points: number },
): Mark[] {
  const width = (inner - tileGap * (tiles.length - 1)) / tiles.length;
  return tiles.flatMap(([name, value, note], index): Mark[] => {
    const left = margin + index * (width + tileGap);
    const at = (top: number) => ({
      x: left + tilePadding,
      y: top,
      widthMm: width - 2 * tilePadding,
    });
    return [
      { kind: 'path', steps: box(left, y, width, height), fill: '#eef5f3' },
      ...label(name, at(y + 3.5), { points: 9, colour: soft }),
      ...label(value, at(y + 8.5), { points, isBold: true }),
      ...label(note, at(y + height - 7.5), { points: 8.5, colour: soft }),
    ];
  });
}

/** A horizontal rule across the page. */
export function rule(y: number): Mark {
  return { kind: 'path', steps: box(margin, y, inner, 0.15), fill: hairline };
}

/** What stands at the foot of every page: the rule of ratings, when it was made, which page it is. */
export function footer(notice: string, madeOn: string, page: number, pages: number): Mark[] {
  const y = a4.heightMm - 17;
  const number = `第 ${page} 页，共 ${pages} 页`;
  return [
    rule(y - 2),
    ...label(notice, { x: margin, y, widthMm: inner }, { points: 8, colour: soft }),
    ...label(
      `${product}　${madeOn} 生成`,
      { x: margin, y: y + 4.6, widthMm: inner },
      { points: 8, colour: soft },
    ),
    ...label(
      number,
      { x: margin, y: y + 4.6, widthMm: inner },
      { points: 8, colour: soft, align: 'right' },
    ),
  ];
}

export function toPage(marks: Mark[]): Page {
  return { ...a4, marks };
}
