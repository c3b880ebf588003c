import { type Mark, roundedBox } from '../drawing/marks.ts';
import { setText } from '../drawing/text-marks.ts';
import { drawFaceRow } from './rating-card.ts';
import { brand, type Cell, ink, joinParts, product, type SheetItem, soft } from './sheet-item.ts';

const qrSide = 158;

/** The wall poster, A3: read from across a hall, scanned from an arm's length. */
export function drawPoster(item: SheetItem, { x, y, width }: Cell): Mark[] {
  const left = x + 22;
  const column = width - 44;
  const centred = { x: left, align: 'centre' } as const;
  const bold = { weight: 'bold', maxLines: 1, widthMm: column } as const;
  const regular = { weight: 'regular', maxLines: 1, widthMm: column } as const;
  const qrLeft = x + (width - qrSide) / 2;
  return [
    { kind: 'path', steps: roundedBox(x + 14, y + 14, width - 28, 82, 7), fill: brand },
    ...setText(
      '扫一扫',
      { ...bold, heightMm: 44, maxPoints: 96 },
      { ...centred, y: y + 21, colour: '#ffffff' },
    ),
    ...setText(
      '评价我的服务',
      { ...bold, heightMm: 30, maxPoints: 62 },
      { ...centred, y: y + 62, colour: '#ffffff' },
    ),
    {
      kind: 'path',
      steps: roundedBox(qrLeft - 2, y + 104, qrSide + 4, qrSide + 4, 6),
      stroke: brand,
      widthMm: 1.2,
    },
    { kind: 'qr', matrix: item.matrix, x: qrLeft, y: y + 106, side: qrSide },
    ...setText(
      '扫不了码？请输入或报出',
      { ...regular, heightMm: 10, maxPoints: 19 },
      { ...centred, y: y + 272, colour: soft },
    ),
    ...setText(
      item.shortCode,
      { ...bold, heightMm: 20, maxPoints: 46 },
      { ...centred, y: y + 280, colour: ink },
    ),
    ...drawFaceRow({ x: left + 8, y: y + 318, width: column - 16 }, 13),
    ...setText(
      item.name,
      { ...bold, maxLines: 2, heightMm: 27, maxPoints: 54 },
      { ...centred, y: y + 349, colour: ink, vertical: 'middle' },
    ),
    ...setText(
      joinParts(item.title, item.unit, item.area, item.place),
      { ...regular, maxLines: 2, heightMm: 15, maxPoints: 21 },
      { ...centred, y: y + 378, colour: soft },
    ),
    ...setText(
      `${product}　评价免费，不会要求付款或输入密码`,
      { ...regular, heightMm: 8, maxPoints: 13 },
      { ...centred, y: y + 397, colour: brand },
    ),
  ];
}
