import { drawFace, faceLevels, faceNames } from '../drawing/faces.ts';
import { fitText } from '../drawing/fit-text.ts';
import { line, type Mark, roundedBox } from '../drawing/marks.ts';
import { setText } from '../drawing/text-marks.ts';
import {
  brand,
  type Cell,
  hairline,
  ink,
  joinParts,
  product,
  type SheetItem,
  soft,
} from './sheet-item.ts';

const qrSide = 40;

/** The card of the 2 × 4 sheet, 95 × 68.5 mm: to stand on a counter or hang at a door. */
export function drawRatingCard(item: SheetItem, { x, y, width }: Cell): Mark[] {
  const right = x + 49;
  const column = width - 49 - 5;
  const bold = { weight: 'bold', maxLines: 1 } as const;
  const regular = { weight: 'regular', maxLines: 2 } as const;
  const codeBox = { x: x + 4, width: qrSide };
  return [
    ...setText(
      product,
      { ...bold, widthMm: 44, heightMm: 4.5, maxPoints: 8.5 },
      { x: x + 5, y: y + 4.5, colour: brand },
    ),
    ...setText(
      item.area,
      { ...regular, maxLines: 1, widthMm: 39, heightMm: 4.5, maxPoints: 7.5 },
      { x: x + width - 44, y: y + 4.8, colour: soft, align: 'right' },
    ),
    {
      kind: 'path',
      steps: line(x + 5, y + 10.4, x + width - 5, y + 10.4),
      stroke: brand,
      widthMm: 0.4,
    },
    {
      kind: 'path',
      steps: roundedBox(x + 4, y + 13, qrSide, qrSide, 2),
      stroke: hairline,
      widthMm: 0.25,
    },
    { kind: 'qr', matrix: item.matrix, x: x + 4, y: y + 13, side: qrSide },
    ...setText(
      '扫不了码？请输入或报出',
      { ...regular, widthMm: codeBox.width, heightMm: 3.6, maxPoints: 6.5 },
      { x: codeBox.x, y: y + 54, colour: soft, align: 'centre' },
    ),
    ...setText(
      item.shortCode,
      { ...bold, widthMm: codeBox.width, heightMm: 6.4, maxPoints: 13 },
      { x: codeBox.x, y: y + 57.4, colour: ink, align: 'centre' },
    ),
    ...setText(
      '扫一扫',
      { ...bold, widthMm: column, heightMm: 9.5, maxPoints: 20 },
      { x: right, y: y + 12.6, colour: brand },
    ),
    ...setText(
      '评价我的服务',
      { ...bold, widthMm: column, heightMm: 7, maxPoints: 14.5 },
      { x: right, y: y + 21, colour: ink },
    ),
    ...setText(
      item.name,
      { ...bold, maxLines: 2, widthMm: column, heightMm: 9.6, maxPoints: 18 },
      { x: right, y: y + 29.8, colour: ink, vertical: 'middle' },
    ),
    ...setText(
      joinParts(item.title, item.unit, item.place),
      { ...regular, maxLines: 3, widthMm: column, heightMm: 10.4, maxPoints: 8.5 },
      { x: right, y: y + 39.8, colour: soft },
    ),
    ...drawFaceRow({ x: right, y: y + 55.8, width: column }, 3.2),
  ];
}

/** Five faces with their words; `y` is their middle. */
export function drawFaceRow(row: { x: number; y: number; width: number }, radius: number): Mark[] {
  const step = row.width / faceLevels.length;
  const label = {
    ...({ weight: 'regular', maxLines: 1 } as const),
    ...{ widthMm: step * 0.98, heightMm: radius * 1.1, maxPoints: radius * 1.75 },
  };
  // All words as large as the longest may be.
  const longest = Math.min(...faceLevels.map((level) => fitText(faceNames[level], label).points));
  return faceLevels.flatMap((level, index) => {
    const middle = row.x + (index + 0.5) * step;
    return [
      drawFace(level, { x: middle, y: row.y, radius, isColoured: true }),
      ...setText(
        faceNames[level],
        { ...label, maxPoints: longest },
        { x: middle - step * 0.49, y: row.y + radius * 1.15, colour: soft, align: 'centre' },
      ),
    ];
  });
}
