import { box, type Mark } from '../drawing/marks.ts';
import { setText } from '../drawing/text-marks.ts';
import { brand, type Cell, ink, product, type SheetItem, soft } from './sheet-item.ts';

const qrSide = 31;

/** The card of a resident without a phone, 86 × 54 mm; nothing on it tells whose it is. */
export function drawResidentCard(item: SheetItem, { x, y, width }: Cell): Mark[] {
  const left = x + 4;
  const column = 45;
  const qrLeft = x + width - qrSide - 3;
  const bold = { weight: 'bold', maxLines: 1, widthMm: column } as const;
  const regular = { weight: 'regular', maxLines: 1, widthMm: column } as const;
  const steps = ['请把本卡交给社区工作人员，', '由工作人员登录后扫码代办。'];
  return [
    { kind: 'path', steps: box(x + 4, y + 12.4, width - 8, 0.5), fill: brand },
    ...setText(
      '居民便民卡',
      { ...bold, heightMm: 7, maxPoints: 14 },
      { x: left, y: y + 4, colour: brand },
    ),
    ...setText(
      product,
      { ...regular, widthMm: 30, heightMm: 4, maxPoints: 7 },
      { x: x + width - 34, y: y + 6.6, colour: soft, align: 'right' },
    ),
    ...setText(
      '没有智能手机也能办',
      { ...bold, heightMm: 6, maxPoints: 11.5 },
      { x: left, y: y + 15, colour: ink },
    ),
    ...steps.flatMap((text, index) =>
      setText(
        text,
        { ...regular, heightMm: 4.4, maxPoints: 8.5 },
        { x: left, y: y + 21.6 + index * 4.6, colour: ink },
      ),
    ),
    ...setText(
      '卡号',
      { ...regular, heightMm: 3.6, maxPoints: 7 },
      { x: left, y: y + 33, colour: soft },
    ),
    ...setText(
      item.shortCode,
      { ...bold, heightMm: 8, maxPoints: 17 },
      { x: left, y: y + 35.6, colour: ink },
    ),
    ...setText(
      '卡上没有个人信息。遗失请告知社区停用，拾到请交社区。',
      { ...regular, widthMm: width - 8, heightMm: 4, maxPoints: 7 },
      { x: left, y: y + 47, colour: soft },
    ),
    { kind: 'qr', matrix: item.matrix, x: qrLeft, y: y + 14, side: qrSide },
  ];
}
