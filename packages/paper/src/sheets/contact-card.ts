import { box, type Mark } from '../drawing/marks.ts';
import { setText } from '../drawing/text-marks.ts';
import { brand, type Cell, ink, joinParts, product, type SheetItem, soft } from './sheet-item.ts';

const qrSide = 31;

/** 连心卡, 90 × 54 mm: who looks after you, how to reach the unit, and the code to rate it. */
export function drawContactCard(item: SheetItem, { x, y, width, height }: Cell): Mark[] {
  const left = x + 8;
  const column = 43;
  const qrLeft = x + width - qrSide - 4;
  const bold = { weight: 'bold', maxLines: 1, widthMm: column } as const;
  const regular = { weight: 'regular', maxLines: 1, widthMm: column } as const;
  const under = { x: qrLeft, align: 'centre' } as const;
  return [
    { kind: 'path', steps: box(x + 3, y + 5, 1.4, height - 10), fill: brand },
    ...setText(
      '连心卡',
      { ...bold, heightMm: 6.5, maxPoints: 13 },
      { x: left, y: y + 4.2, colour: brand },
    ),
    ...setText(
      item.name,
      { ...bold, maxLines: 2, heightMm: 11, maxPoints: 21 },
      { x: left, y: y + 12, colour: ink, vertical: 'middle' },
    ),
    ...setText(
      joinParts(item.title, item.unit),
      { ...regular, maxLines: 2, heightMm: 8.4, maxPoints: 9 },
      { x: left, y: y + 24, colour: soft },
    ),
    ...setText(
      item.area,
      { ...regular, heightMm: 4, maxPoints: 7.5 },
      { x: left, y: y + 32.6, colour: soft },
    ),
    ...setText(
      item.contactPhone === '' ? '' : '有事请找我',
      { ...regular, heightMm: 4, maxPoints: 7 },
      { x: left, y: y + 38.2, colour: soft },
    ),
    ...setText(
      item.contactPhone,
      { ...bold, heightMm: 7.6, maxPoints: 16 },
      { x: left, y: y + 41.4, colour: ink },
    ),
    { kind: 'qr', matrix: item.matrix, x: qrLeft, y: y + 5, side: qrSide },
    ...setText(
      '扫一扫 评价我的服务',
      { ...bold, widthMm: qrSide, heightMm: 4.2, maxPoints: 8 },
      { ...under, y: y + 36.6, colour: brand },
    ),
    ...setText(
      item.shortCode,
      { ...bold, widthMm: qrSide, heightMm: 4.6, maxPoints: 9.5 },
      { ...under, y: y + 40.6, colour: ink },
    ),
    ...setText(
      product,
      { ...regular, widthMm: qrSide, heightMm: 3.4, maxPoints: 6 },
      { ...under, y: y + 46, colour: soft },
    ),
  ];
}
