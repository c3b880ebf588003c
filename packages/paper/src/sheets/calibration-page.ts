import { line, type Mark, type Page, type PathStep } from '../drawing/marks.ts';
import { setText } from '../drawing/text-marks.ts';
import { brand, ink, soft } from './sheet-item.ts';

const inset = 20;
const a4 = { width: 210, height: 297 };
const words = [
  '1. 打印时选择“实际大小”（100%），不要选“适合页面”。',
  '2. 用尺量左上角十字的中心到纸张左边和上边的距离，应各为 20 毫米。',
  '3. 横向偏移填“20 减去量得的左边距”，纵向偏移填“20 减去量得的上边距”，可为负数。',
  '4. 填好后再打印本页核对；下面的标尺应当正好长 100 毫米，否则是缩放了。',
];

/** A page to measure how far a printer moves the picture, and whether it scales it. */
export function drawCalibrationPage(offset: { xMm: number; yMm: number }): Page {
  const { xMm, yMm } = offset;
  const corners = [inset, a4.width - inset].flatMap((x) =>
    [inset, a4.height - inset].map((y) => [x + xMm, y + yMm] as const),
  );
  const stroke = (steps: PathStep[], widthMm: number): Mark => ({
    kind: 'path',
    steps,
    stroke: ink,
    widthMm,
  });
  const regular = {
    weight: 'regular',
    maxLines: 3,
    widthMm: 150,
    heightMm: 12,
    maxPoints: 11,
  } as const;
  return {
    widthMm: a4.width,
    heightMm: a4.height,
    marks: [
      ...corners.flatMap(([x, y]) => [
        stroke(line(x - 6, y, x + 6, y), 0.15),
        stroke(line(x, y - 6, x, y + 6), 0.15),
      ]),
      ...setText(
        '打印校准页',
        { weight: 'bold', maxLines: 1, widthMm: 150, heightMm: 14, maxPoints: 26 },
        { x: 30 + xMm, y: 42 + yMm, colour: brand },
      ),
      ...words.flatMap((text, index) =>
        setText(text, regular, { x: 30 + xMm, y: 62 + index * 13 + yMm, colour: ink }),
      ),
      ...drawRuler(55 + xMm, 135 + yMm, false),
      ...drawRuler(55 + xMm, 160 + yMm, true),
      ...setText(`本页已用偏移：横向 ${xMm} 毫米，纵向 ${yMm} 毫米`, regular, {
        x: 75 + xMm,
        y: 200 + yMm,
        colour: soft,
      }),
    ],
  };
}

/** A hundred millimetres, a stroke each. */
function drawRuler(x: number, y: number, isUpright: boolean): Mark[] {
  const at = (along: number, across: number): [number, number] =>
    isUpright ? [x + across, y + along] : [x + along, y + across];
  const marks: Mark[] = [];
  for (let mm = 0; mm <= 100; mm += 1) {
    const length = mm % 10 === 0 ? 6 : mm % 5 === 0 ? 4 : 2.5;
    marks.push({
      kind: 'path',
      steps: line(...at(mm, 0), ...at(mm, length)),
      stroke: ink,
      widthMm: 0.12,
    });
    if (mm % 20 !== 0) continue;
    const [labelX, labelY] = isUpright ? [x + 7, y + mm - 2.5] : [x + mm - 10, y + 7];
    marks.push(
      ...setText(
        String(mm),
        { weight: 'regular', maxLines: 1, widthMm: 20, heightMm: 5, maxPoints: 8 },
        { x: labelX, y: labelY, colour: soft, align: isUpright ? 'left' : 'centre' },
      ),
    );
  }
  return marks;
}
