import { line, type Mark, type Page } from '../drawing/marks.ts';
import { drawContactCard } from './contact-card.ts';
import { drawPoster } from './poster.ts';
import { drawRatingCard } from './rating-card.ts';
import { drawResidentCard } from './resident-card.ts';
import type { Cell, SheetItem } from './sheet-item.ts';
import { capacityOf, type SheetName, type SheetSize, sheetSizes } from './sheet-sizes.ts';
import { drawSmallCard } from './small-card.ts';

/** How far a printer's picture is moved, in millimetres to the right and down. */
export interface PrintOffset {
  xMm: number;
  yMm: number;
}

const draw: Record<SheetName, (item: SheetItem, cell: Cell) => Mark[]> = {
  'a4-2x4': drawRatingCard,
  'a4-3x8': (item, cell) => drawSmallCard(item, cell, { isColoured: true }),
  'label-60x40': (item, cell) => drawSmallCard(item, cell, { isColoured: false }),
  'label-50x30': (item, cell) => drawSmallCard(item, cell, { isColoured: false }),
  'a3-poster': drawPoster,
  'contact-card': drawContactCard,
  'resident-card': drawResidentCard,
};

/** Fills page after page; each item is asked for when its cell is drawn. */
export function* layOutSheet(
  sheet: SheetName,
  items: Iterable<SheetItem>,
  offset: PrintOffset,
): Generator<Page> {
  const size: SheetSize = sheetSizes[sheet];
  let cells: SheetItem[] = [];
  for (const item of items) {
    cells.push(item);
    if (cells.length < capacityOf(sheet)) continue;
    yield layOutPage(sheet, size, cells, offset);
    cells = [];
  }
  if (cells.length > 0) yield layOutPage(sheet, size, cells, offset);
}

function layOutPage(
  sheet: SheetName,
  size: SheetSize,
  items: readonly SheetItem[],
  { xMm, yMm }: PrintOffset,
): Page {
  const marks = items.flatMap((item, index) =>
    draw[sheet](item, {
      x: size.left + (index % size.columns) * size.cell.width + xMm,
      y: size.top + Math.floor(index / size.columns) * size.cell.height + yMm,
      ...size.cell,
    }),
  );
  return {
    widthMm: size.page.width,
    heightMm: size.page.height,
    marks: [...marks, ...drawCutMarks(size, { xMm, yMm })],
  };
}

const markMm = 4;
const gapMm = 1.5;
const crossMm = 1.2;

/** Ticks in the margins at each cut, and small crosses where cuts meet inside. */
function drawCutMarks(size: SheetSize, { xMm, yMm }: PrintOffset): Mark[] {
  if (size.columns * size.rows === 1) return [];
  const xs = Array.from(
    { length: size.columns + 1 },
    (_, n) => size.left + n * size.cell.width + xMm,
  );
  const ys = Array.from({ length: size.rows + 1 }, (_, n) => size.top + n * size.cell.height + yMm);
  const [left = 0, right = 0, top = 0, bottom = 0] = [xs[0], xs.at(-1), ys[0], ys.at(-1)];
  const tick = (...ends: [number, number, number, number]): Mark => ({
    kind: 'path',
    steps: line(...ends),
    stroke: '#888888',
    widthMm: 0.12,
  });
  const inside = <T>(list: readonly T[]) => list.slice(1, -1);
  return [
    ...xs.flatMap((x) => [
      tick(x, top - gapMm - markMm, x, top - gapMm),
      tick(x, bottom + gapMm, x, bottom + gapMm + markMm),
    ]),
    ...ys.flatMap((y) => [
      tick(left - gapMm - markMm, y, left - gapMm, y),
      tick(right + gapMm, y, right + gapMm + markMm, y),
    ]),
    ...inside(xs).flatMap((x) =>
      ys.flatMap((y) => [
        tick(x - crossMm, y, x + crossMm, y),
        tick(x, y - crossMm, x, y + crossMm),
      ]),
    ),
  ];
}
