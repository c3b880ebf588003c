import { faceColours, faceLevels, faceNames } from '../drawing/faces.ts';
import { box, type Mark, type Page } from '../drawing/marks.ts';
import { brand, ink, product, soft } from '../sheets/sheet-item.ts';
import { drawBars, drawTrend, type Frame } from './charts.ts';
import {
  a4,
  drawTiles,
  footer,
  heading,
  inner,
  label,
  margin,
  rule,
  type Tile,
  toPage,
} from './report-page.ts';

export interface ReportFigures {
  count: number;
  guestCount: number;
  mean: number | null;
  margin: number | null;
}

export interface AreaReportPaper extends ReportFigures {
  areaName: string;
  /** `YYYY-MM` */
  month: string;
  /** How many ratings gave each level, the lowest first. */
  levels: readonly number[];
  trend: readonly { month: string; mean: number | null }[];
  parts: readonly (ReportFigures & { areaName: string })[];
  /** Name and number, in the order in which they are read. */
  followUps: readonly { name: string; value: string }[];
  notice: string;
  madeOn: string;
}

const nothing = '不足 5 人，不公布';
const rowMm = 7.4;
const firstPageTop = 216;
const laterTop = 42;
const bottom = a4.heightMm - 24;

/** The monthly report of an area on A4: figures and charts first, then its parts over more pages. */
export function layOutAreaReport(report: AreaReportPaper): Page[] {
  const onFirst = Math.max(0, Math.floor((bottom - firstPageTop - rowMm) / rowMm));
  const onLater = Math.floor((bottom - laterTop - rowMm) / rowMm);
  const chunks = [report.parts.slice(0, onFirst)];
  for (let from = onFirst; from < report.parts.length; from += onLater) {
    chunks.push(report.parts.slice(from, from + onLater));
  }
  return chunks.map((parts, index) => {
    const top = index === 0 ? firstPageTop : laterTop;
    return toPage([
      ...drawBand(report, index === 0),
      ...(index === 0 ? drawFigures(report) : []),
      ...(parts.length > 0 ? drawParts(parts, top) : []),
      ...footer(report.notice, report.madeOn, index + 1, chunks.length),
    ]);
  });
}

function drawBand({ areaName, month }: AreaReportPaper, isFirst: boolean): Mark[] {
  const [year, number] = month.split('-');
  const period = `${year} 年 ${Number(number)} 月`;
  if (!isFirst) {
    return [
      ...label(
        `${areaName}　居民评价月报　${period}`,
        { x: margin, y: 18, widthMm: inner },
        { points: 10, colour: soft },
      ),
      rule(25),
    ];
  }
  const white = '#ffffff';
  return [
    { kind: 'path', steps: box(0, 0, a4.widthMm, 40), fill: brand },
    ...label(product, { x: margin, y: 9, widthMm: inner }, { points: 9, colour: white }),
    ...label(
      `${areaName}居民评价月报`,
      { x: margin, y: 15, widthMm: inner - 40 },
      { points: 22, isBold: true, colour: white },
    ),
    ...label(period, { x: margin, y: 27, widthMm: inner }, { points: 12, colour: white }),
  ];
}

function drawFigures(report: AreaReportPaper): Mark[] {
  const bars = faceLevels.map((level) => ({
    name: faceNames[level],
    value: report.levels[level - 1] ?? 0,
    colour: faceColours[level],
  }));
  const points = report.trend.map(({ month, mean }) => ({
    name: `${Number(month.slice(5))}月`,
    value: mean,
  }));
  const left = inner * 0.56;
  const right = margin + left + 10;
  return [
    ...drawMonth(report),
    ...heading('评价分布（实名居民）', 84),
    ...drawBars(bars, { x: margin, y: 94, width: left, height: 42 }),
    ...heading('差评整改', 84, right),
    ...drawFollowUps(report.followUps, { x: right, y: 94, width: inner - left - 10, height: 42 }),
    ...heading('近十二个月平均分', 146),
    ...drawTrend(points, { x: margin, y: 159, width: inner, height: 34 }),
  ];
}

function drawMonth({ mean, margin: around, count, guestCount }: AreaReportPaper): Mark[] {
  const tiles: Tile[] = [
    [
      '本月平均分',
      mean === null ? '—' : mean.toFixed(2),
      mean === null ? nothing : `± ${around?.toFixed(2)}（95% 区间）`,
    ],
    ['实名评价', String(count), '已公布的人次'],
    ['游客评价', String(guestCount), '单列，不计入平均分'],
  ];
  return drawTiles(tiles, { y: 47, height: 28, points: 22 });
}

function drawFollowUps(figures: AreaReportPaper['followUps'], frame: Frame): Mark[] {
  const row = frame.height / Math.max(1, figures.length);
  return figures.flatMap(({ name, value }, index): Mark[] => {
    const at = { x: frame.x, y: frame.y + index * row + row / 2 - 2.4, widthMm: frame.width };
    return [
      ...label(name, at, { points: 9.5 }),
      ...label(value, at, { points: 10.5, isBold: true, align: 'right' }),
    ];
  });
}

const columns = [
  { name: '区域', x: 0, width: 62, align: 'left' },
  { name: '平均分', x: 62, width: 22, align: 'right' },
  { name: '95% 区间', x: 84, width: 26, align: 'right' },
  { name: '实名', x: 110, width: 30, align: 'right' },
  { name: '游客', x: 140, width: 34, align: 'right' },
] as const;

function drawParts(parts: AreaReportPaper['parts'], top: number): Mark[] {
  const row = (cells: readonly string[], y: number, colour: string, isBold = false) =>
    columns.flatMap(({ x, width, align }, index) =>
      label(
        cells[index] ?? '',
        { x: margin + x, y, widthMm: width - 1 },
        { points: 9.5, colour, isBold, align },
      ),
    );
  return [
    ...heading('各区域（近十二个月）', top - 9),
    ...row(
      columns.map(({ name }) => name),
      top,
      soft,
    ),
    rule(top + rowMm - 1.6),
    ...parts.flatMap((part, index) => {
      const y = top + (index + 1) * rowMm;
      const isTold = part.mean !== null && part.margin !== null;
      const cells = isTold
        ? [part.mean?.toFixed(2) ?? '', `± ${part.margin?.toFixed(2)}`]
        : ['—', '—'];
      return [
        ...row([part.areaName, ...cells, String(part.count), String(part.guestCount)], y, ink),
        rule(y + rowMm - 1.6),
      ];
    }),
  ];
}
