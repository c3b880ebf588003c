import { box, circle, line, type Mark, type PathStep } from '../drawing/marks.ts';
import { brand, hairline, ink, soft } from '../sheets/sheet-item.ts';
import { label } from './report-page.ts';

export interface Bar {
  name: string;
  value: number;
  colour: string;
}

export interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

const nameMm = 22;
const valueMm = 30;

/** Horizontal bars with their names before and their values with shares behind them. */
export function drawBars(bars: readonly Bar[], frame: Frame): Mark[] {
  const total = bars.reduce((sum, { value }) => sum + value, 0);
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const rowMm = frame.height / bars.length;
  const widest = frame.width - nameMm - valueMm;
  return bars.flatMap(({ name, value, colour }, index) => {
    const y = frame.y + index * rowMm;
    const width = (widest * value) / most;
    const share = total === 0 ? '' : `　${((value / total) * 100).toFixed(0)}%`;
    const x = frame.x + nameMm;
    const textY = y + rowMm / 2 - 2.1;
    return [
      ...label(name, { x: frame.x, y: textY, widthMm: nameMm - 3 }, { points: 9.5 }),
      { kind: 'path', steps: box(x, y + rowMm * 0.2, widest, rowMm * 0.6), fill: '#f2f5f7' },
      ...(width > 0
        ? [
            {
              kind: 'path' as const,
              steps: box(x, y + rowMm * 0.2, width, rowMm * 0.6),
              fill: colour as typeof ink,
            },
          ]
        : []),
      ...label(
        `${value}${share}`,
        { x: x + widest + 2, y: textY, widthMm: valueMm - 2 },
        { points: 9.5, colour: soft },
      ),
    ] satisfies Mark[];
  });
}

export interface Point {
  name: string;
  /** Null where nothing is told: the line breaks. */
  value: number | null;
}

/** A line over time from the lowest to the highest level, with each value written at its point. */
export function drawTrend(points: readonly Point[], frame: Frame): Mark[] {
  const [lowest, highest] = [1, 5];
  const left = frame.x + 8;
  const step = (frame.width - 8) / Math.max(1, points.length - 1 + 0.6);
  const xOf = (index: number) => left + (index + 0.3) * step;
  const yOf = (value: number) =>
    frame.y + frame.height - ((value - lowest) / (highest - lowest)) * frame.height;
  const grid = [1, 2, 3, 4, 5].flatMap((value): Mark[] => [
    {
      kind: 'path',
      steps: line(left, yOf(value), frame.x + frame.width, yOf(value)),
      stroke: hairline,
      widthMm: 0.15,
    },
    ...label(
      String(value),
      { x: frame.x, y: yOf(value) - 1.9, widthMm: 5 },
      { points: 8, colour: soft, align: 'right' },
    ),
  ]);
  const names = points.flatMap(({ name }, index) =>
    label(
      name,
      { x: xOf(index) - step / 2, y: frame.y + frame.height + 1.6, widthMm: step },
      { points: 8, colour: soft, align: 'centre' },
    ),
  );
  return [...grid, ...names, ...drawRuns(points, xOf, yOf), ...drawDots(points, xOf, yOf, step)];
}

type Scale = (value: number) => number;

/** Lines between neighbours that both have a value. */
function drawRuns(points: readonly Point[], xOf: Scale, yOf: Scale): Mark[] {
  const steps = points.flatMap(({ value }, index): PathStep[] => {
    const before = points[index - 1]?.value ?? null;
    if (value === null || before === null) return [];
    return line(xOf(index - 1), yOf(before), xOf(index), yOf(value));
  });
  return steps.length === 0 ? [] : [{ kind: 'path', steps, stroke: brand, widthMm: 0.7 }];
}

function drawDots(points: readonly Point[], xOf: Scale, yOf: Scale, step: number): Mark[] {
  return points.flatMap(({ value }, index): Mark[] =>
    value === null
      ? []
      : [
          { kind: 'path', steps: circle(xOf(index), yOf(value), 0.9), fill: brand },
          ...label(
            value.toFixed(2),
            { x: xOf(index) - step / 2, y: yOf(value) - 5.2, widthMm: step },
            { points: 8, isBold: true, colour: ink, align: 'centre' },
          ),
        ],
  );
}
