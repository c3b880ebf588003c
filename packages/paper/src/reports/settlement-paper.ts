import { box, type Mark, type Page } from '../drawing/marks.ts';
import { brand, ink, product, soft } from '../sheets/sheet-item.ts';
import { amountInWords } from './amount-in-words.ts';
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

export interface SettlementPaperLine {
  /** `11-03 14:05` */
  at: string;
  title: string;
  shop: string;
  by: string;
  payer: string;
  points: number;
  cents: number;
}

export interface SettlementPaper {
  merchantName: string;
  number: string;
  /** `YYYY-MM` */
  month: string;
  vouchers: number;
  points: number;
  payers: readonly { name: string; note: string; points: number; cents: number }[];
  ceilingCents: number | null;
  carriedInCents: number;
  /** Of those who pay, corrections included. */
  payableCents: number;
  corrections: number;
  correctionCents: number;
  dueCents: number;
  carriedOutCents: number;
  chainHead: { blockSeq: number; hash: string };
  drawnOn: string;
  disputeUntilOn: string;
  lines: readonly SettlementPaperLine[];
  /** True where the lines are too many for paper, and stand in the workbook alone. */
  isWithoutLines: boolean;
}

const rowMm = 6.2;
const listTop = 42;
const rowsOnPage = Math.floor((a4.heightMm - 26 - listTop - rowMm) / rowMm);

/** Cents as yuan with thousands parted: `12,345.60`. */
export function toYuanText(cents: number): string {
  const [whole = '', part = ''] = (Math.abs(cents) / 100).toFixed(2).split('.');
  return `${cents < 0 ? '−' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${part}`;
}

/**
 * The statement of a merchant for a month on A4: what is paid and by whom, then its vouchers line
 * by line. The head of the ledger's chain stands at the foot of every page.
 */
export function* layOutSettlement(paper: SettlementPaper): Generator<Page> {
  const { drawnOn, chainHead, lines } = paper;
  const pages = 1 + Math.ceil(lines.length / rowsOnPage);
  const head = `账本链头：第 ${chainHead.blockSeq} 块 ${chainHead.hash}`;
  yield toPage([...drawFirst(paper), ...footer(head, drawnOn, 1, pages)]);
  for (let page = 2; page <= pages; page += 1) {
    const from = (page - 2) * rowsOnPage;
    yield toPage([
      ...drawBand(paper),
      ...drawLines(lines.slice(from, from + rowsOnPage), from),
      ...footer(head, drawnOn, page, pages),
    ]);
  }
}

function periodOf(month: string): string {
  const [year, number] = month.split('-');
  return `${year} 年 ${Number(number)} 月`;
}

function drawBand({ merchantName, number, month }: SettlementPaper): Mark[] {
  const at = { x: margin, y: 18, widthMm: inner };
  return [
    ...label(`${merchantName}　商户结算单　${periodOf(month)}`, at, { points: 10, colour: soft }),
    ...label(`编号 ${number}`, at, { points: 10, colour: soft, align: 'right' }),
    rule(25),
  ];
}

function drawFirst(paper: SettlementPaper): Mark[] {
  const white = '#ffffff';
  const wide = { x: margin, widthMm: inner };
  return [
    { kind: 'path', steps: box(0, 0, a4.widthMm, 44), fill: brand },
    ...label(product, { ...wide, y: 9 }, { points: 9, colour: white }),
    ...label('商户结算单', { ...wide, y: 9 }, { points: 9, colour: white, align: 'right' }),
    ...label(paper.merchantName, { ...wide, y: 16 }, { points: 22, isBold: true, colour: white }),
    ...label(periodOf(paper.month), { ...wide, y: 30 }, { points: 12, colour: white }),
    ...label(
      `编号 ${paper.number}`,
      { ...wide, y: 30 },
      { points: 12, colour: white, align: 'right' },
    ),
    ...drawSums(paper),
    ...label(
      `大写　${amountInWords(paper.dueCents)}`,
      { x: margin, y: 84, widthMm: inner },
      { points: 11, isBold: true },
    ),
    ...heading('付款方', 98),
    ...drawPayers(paper.payers, 108),
    ...heading('本期应付怎样得出', 146),
    ...drawSteps(paper, 156),
    ...drawSignatures(paper, 214),
  ];
}

function drawSums(paper: SettlementPaper): Mark[] {
  const { dueCents, vouchers, points, corrections, disputeUntilOn, lines } = paper;
  const tiles: Tile[] = [
    ['本期应付（元）', toYuanText(dueCents), `异议期至 ${disputeUntilOn}`],
    ['核销', `${vouchers} 张`, corrections === 0 ? '无更正' : `另有更正 ${corrections} 笔`],
    ['居民支付积分', String(points), lines.length > 0 ? '明细见后页' : '与账本一致'],
  ];
  return drawTiles(tiles, { y: 50, height: 28, points: 20 });
}

type Cell = readonly [text: string, x: number, width: number, align: 'left' | 'right'];

function drawRow(cells: readonly Cell[], y: number, colour: string, points = 9.5): Mark[] {
  return cells.flatMap(([text, x, width, align]) =>
    label(
      text,
      { x: margin + x, y, widthMm: align === 'right' ? width : width - 1.5 },
      { points, colour, align },
    ),
  );
}

function drawPayers(payers: SettlementPaper['payers'], top: number): Mark[] {
  const row = (name: string, note: string, points: string, yuan: string): Cell[] => [
    [name, 0, 36, 'left'],
    [note, 36, 66, 'left'],
    [points, 102, 32, 'right'],
    [yuan, 134, 40, 'right'],
  ];
  return [
    ...drawRow(row('付款方', '说明', '积分', '金额（元）'), top, soft),
    rule(top + 6.2),
    ...payers.flatMap(({ name, note, points, cents }, index) => {
      const y = top + 8 + index * 7.6;
      return [
        ...drawRow(row(name, note, String(points), toYuanText(cents)), y, ink),
        rule(y + 6.2),
      ];
    }),
  ];
}

function drawSteps(paper: SettlementPaper, top: number): Mark[] {
  const { ceilingCents, carriedInCents, payableCents, carriedOutCents, dueCents } = paper;
  const steps: [string, string][] = [
    ['上期结转', toYuanText(carriedInCents)],
    [
      paper.corrections === 0
        ? '本期由付款方支付'
        : `本期由付款方支付（全部更正合计 ${toYuanText(paper.correctionCents)}）`,
      toYuanText(payableCents),
    ],
    ['月度上限', ceilingCents === null ? '不设' : toYuanText(ceilingCents)],
    ['结转下期', toYuanText(carriedOutCents)],
    ['本期应付', toYuanText(dueCents)],
  ];
  return steps.flatMap(([name, value], index): Mark[] => {
    const isLast = index === steps.length - 1;
    const at = { x: margin, y: top + index * 8, widthMm: inner };
    return [
      ...label(name, { ...at, widthMm: inner - 50 }, { points: 10, isBold: isLast }),
      ...label(value, at, { points: isLast ? 11.5 : 10, isBold: isLast, align: 'right' }),
      rule(at.y + 6.2),
    ];
  });
}

function drawSignatures({ isWithoutLines, disputeUntilOn }: SettlementPaper, top: number): Mark[] {
  const half = (inner - 10) / 2;
  const told = [
    `商户如有异议，请在 ${disputeUntilOn} 前逐笔提出；逾期未提出视为无异议。`,
    isWithoutLines ? '明细较多，见同编号的 Excel 结算单。' : '',
    '账本链头可与公开账本核对：该块及其之前的每一笔都不能再改。',
  ].filter((text) => text !== '');
  const sides = ['商户（盖章）', '结算单位（盖章）'].flatMap((name, index): Mark[] => {
    const x = margin + index * (half + 10);
    return [
      ...label(name, { x, y: top, widthMm: half }, { points: 10 }),
      { kind: 'path', steps: box(x, top + 22, half, 0.2), fill: soft },
      ...label('日期', { x, y: top + 24, widthMm: half }, { points: 9, colour: soft }),
    ];
  });
  return [
    ...sides,
    ...told.flatMap((text, index) =>
      label(
        text,
        { x: margin, y: top + 36 + index * 5.4, widthMm: inner },
        { points: 9, colour: soft },
      ),
    ),
  ];
}

function drawLines(lines: readonly SettlementPaperLine[], from: number): Mark[] {
  const row =
    (number: string, cells: readonly [string, string, string, string, string]) =>
    (points: string, yuan: string): Cell[] => [
      [number, 0, 12, 'left'],
      [cells[0], 12, 26, 'left'],
      [cells[1], 38, 46, 'left'],
      [cells[2], 84, 30, 'left'],
      [cells[3], 114, 18, 'left'],
      [cells[4], 132, 12, 'left'],
      [points, 143, 12, 'right'],
      [yuan, 156, 18, 'right'],
    ];
  const names = ['核销时间', '权益', '门店', '核销人', '付款方'] as const;
  return [
    ...heading('核销明细', listTop - 10),
    ...drawRow(row('序号', names)('积分', '金额（元）'), listTop, soft, 8.5),
    rule(listTop + rowMm - 1.2),
    ...lines.flatMap(({ at, title, shop, by, payer, points, cents }, index) => {
      const y = listTop + (index + 1) * rowMm;
      const cells = row(String(from + index + 1), [at, title, shop, by, payer]);
      return [
        ...drawRow(cells(String(points), toYuanText(cents)), y, ink, 8.5),
        rule(y + rowMm - 1.2),
      ];
    }),
  ];
}
