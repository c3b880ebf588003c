import type { QrMatrix } from '@ddp/qr/matrix';
import { box, type Mark, type Page } from '../drawing/marks.ts';
import { brand, hairline, ink, soft } from '../sheets/sheet-item.ts';
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

/** What somebody did in one activity, or in one kind of service, of one team. */
export interface ServedLine {
  title: string;
  teamName: string;
  /** Days, `YYYY-MM-DD`. */
  firstOn: string;
  lastOn: string;
  times: number;
  minutes: number;
  /** Recorded hours were typed in; nobody scanned or confirmed them. */
  isRecorded: boolean;
}

/**
 * A certificate of service: the items of 志愿服务记录与证明出具办法（试行）, who, when, what and how
 * long, who issues it, when and under which number.
 */
export interface ServicePaper {
  name: string;
  /** Eight digits that name the volunteer; no number of an identity card. */
  volunteerNumber: string;
  fromOn: string;
  untilOn: string;
  verifiedMinutes: number;
  /** 0 where none stand on it. */
  recordedMinutes: number;
  lines: readonly ServedLine[];
  issuer: string;
  contact: string;
  issuedOn: string;
  /** `7KX-29M-4QT` */
  number: string;
  /** Where a number is typed in, without its scheme. */
  checkAddress: string;
  /** Of the address that the symbol opens. */
  matrix: QrMatrix;
}

const rowMm = 7.6;
const firstTop = 119;
const firstTopApart = 130;
const laterTop = 40;
const footMm = 24;
/** Who issues it, the symbol and the seal, under the last line. */
const endMm = 62;
const title = '志愿服务记录证明';

/** `12 小时 30 分钟` */
export function toHoursText(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${hours} 小时${rest === 0 ? '' : ` ${rest} 分钟`}`;
}

const dayText = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};

/** Every text of a paper that comes from outside it, for the check of its letters. */
export function textsOfService({ name, issuer, contact, lines }: ServicePaper): string[] {
  return [name, issuer, contact, ...lines.flatMap((one) => [one.title, one.teamName])];
}

/** The certificate on A4: the sentence and its lines first, who issues it and its symbol at the end. */
export function layOutService(paper: ServicePaper): Page[] {
  const top = topOf(paper);
  const chunks = toChunks(paper.lines, top);
  const notice = `编号 ${paper.number}　以“${paper.checkAddress}”查验结果为准`;
  return chunks.map((lines, index) => {
    const isLast = index === chunks.length - 1;
    return toPage([
      ...(index === 0 ? drawFirst(paper) : drawBand(paper)),
      ...(lines.length > 0 ? drawLines(lines, index === 0 ? top : laterTop) : []),
      ...(isLast ? drawEnd(paper) : []),
      ...footer(notice, paper.issuedOn, index + 1, chunks.length),
    ]);
  });
}

/** What was typed in is told of between the totals and the lines. */
const topOf = ({ recordedMinutes }: ServicePaper): number =>
  recordedMinutes > 0 ? firstTopApart : firstTop;

/** Lines by page: the last page has room for its end. */
function toChunks(lines: readonly ServedLine[], firstTopMm: number): ServedLine[][] {
  const chunks: ServedLine[][] = [];
  let from = 0;
  for (;;) {
    const top = chunks.length === 0 ? firstTopMm : laterTop;
    const rowsIn = (endsAt: number) => Math.floor((endsAt - top - rowMm) / rowMm);
    const left = lines.length - from;
    if (left <= rowsIn(a4.heightMm - footMm - endMm)) return [...chunks, lines.slice(from)];
    const taken = Math.min(left, rowsIn(a4.heightMm - footMm));
    chunks.push(lines.slice(from, from + taken));
    from += taken;
  }
}

function drawBand({ name, number }: ServicePaper): Mark[] {
  const at = { x: margin, y: 18, widthMm: inner };
  return [
    ...label(`${title}　${name}`, at, { points: 10, colour: soft }),
    ...label(`编号 ${number}`, at, { points: 10, colour: soft, align: 'right' }),
    rule(25),
  ];
}

function drawFirst(paper: ServicePaper): Mark[] {
  const { name, volunteerNumber, fromOn, untilOn, verifiedMinutes, recordedMinutes } = paper;
  const wide = { x: margin, widthMm: inner };
  const sentence = `兹证明${name}（志愿者编号 ${volunteerNumber}）自${dayText(fromOn)}至${dayText(untilOn)}参加志愿服务，核实时长共计 ${toHoursText(verifiedMinutes)}。`;
  const apart = `另有补录时长 ${toHoursText(recordedMinutes)}，由队伍录入，未经扫码核实，单独列出，不计入上面的时长。`;
  return [
    { kind: 'path', steps: box(0, 0, a4.widthMm, 4), fill: brand },
    ...label(title, { ...wide, y: 20 }, { points: 28, isBold: true, align: 'centre' }),
    ...label(
      `编号 ${paper.number}`,
      { ...wide, y: 36 },
      { points: 12, colour: soft, align: 'centre' },
    ),
    { kind: 'path', steps: box(margin, 46, inner, 0.5), fill: brand },
    ...label(`　　${sentence}`, { ...wide, y: 53 }, { points: 15, maxLines: 3 }),
    ...drawTotals(paper),
    ...(recordedMinutes > 0
      ? label(apart, { ...wide, y: 105 }, { points: 9.5, colour: soft, maxLines: 2 })
      : []),
    ...heading('服务项目', topOf(paper) - 9),
  ];
}

function drawTotals({ verifiedMinutes, lines, fromOn, untilOn }: ServicePaper): Mark[] {
  const verified = lines.filter(({ isRecorded }) => !isRecorded);
  const times = verified.reduce((sum, one) => sum + one.times, 0);
  const tiles: Tile[] = [
    ['核实时长', toHoursText(verifiedMinutes), '经签到、签退和确认'],
    ['服务次数', `${times} 次`, `${verified.length} 个服务项目`],
    ['服务时间', fromOn, `至 ${untilOn}`],
  ];
  return drawTiles(tiles, { y: 76, height: 25, points: 16 });
}

const columns = [
  { name: '服务项目', x: 0, width: 62, align: 'left' },
  { name: '组织单位', x: 62, width: 40, align: 'left' },
  { name: '服务日期', x: 102, width: 34, align: 'left' },
  { name: '次数', x: 136, width: 12, align: 'right' },
  { name: '时长', x: 148, width: 26, align: 'right' },
] as const;

function drawLines(lines: readonly ServedLine[], top: number): Mark[] {
  const row = (cells: readonly string[], y: number, colour: string) =>
    columns.flatMap(({ x, width, align }, index) =>
      label(
        cells[index] ?? '',
        { x: margin + x, y, widthMm: align === 'right' ? width : width - 2 },
        { points: 9.5, colour, align },
      ),
    );
  return [
    ...row(
      columns.map(({ name }) => name),
      top,
      soft,
    ),
    rule(top + rowMm - 2),
    ...lines.flatMap((one, index): Mark[] => {
      const y = top + (index + 1) * rowMm;
      return [...row(cellsOf(one), y, one.isRecorded ? soft : ink), rule(y + rowMm - 2)];
    }),
  ];
}

function cellsOf({ title: name, teamName, firstOn, lastOn, ...one }: ServedLine): string[] {
  const end = lastOn.slice(0, 4) === firstOn.slice(0, 4) ? lastOn.slice(5) : lastOn;
  const days = firstOn === lastOn ? firstOn : `${firstOn} 至 ${end}`;
  const served = `${one.isRecorded ? '〔补录〕' : ''}${name}`;
  return [served, teamName, days, `${one.times} 次`, toHoursText(one.minutes)];
}

function drawEnd(paper: ServicePaper): Mark[] {
  const { issuer, contact, issuedOn, checkAddress, number, matrix } = paper;
  const y = a4.heightMm - footMm - endMm + 4;
  const side = 38;
  const x = margin + side + 4;
  const left = { x, widthMm: 56 };
  const right = { x: margin + 104, widthMm: inner - 104 };
  return [
    { kind: 'path', steps: box(margin, y, inner, 0.3), fill: hairline },
    { kind: 'qr', matrix, x: margin - 3, y: y + 6, side },
    ...label('扫码查验真伪', { ...left, y: y + 9 }, { points: 12, isBold: true }),
    ...label(`或打开 ${checkAddress}`, { ...left, y: y + 17 }, { points: 9.5, maxLines: 2 }),
    ...label(`输入编号 ${number}`, { ...left, y: y + 26 }, { points: 9.5 }),
    ...label(
      '查验页显示的内容与本证明不一致的，本证明无效。',
      { ...left, y: y + 32 },
      { points: 8.5, colour: soft, maxLines: 2 },
    ),
    ...label('出具单位（盖章）', { ...right, y: y + 9 }, { points: 9.5, colour: soft }),
    ...label(issuer, { ...right, y: y + 15 }, { points: 13, isBold: true, maxLines: 2 }),
    ...label(`咨询电话　${contact}`, { ...right, y: y + 30 }, { points: 10 }),
    ...label(`出具日期　${dayText(issuedOn)}`, { ...right, y: y + 37 }, { points: 10 }),
    ...label(
      '依据《志愿服务记录与证明出具办法（试行）》出具，不收取费用。',
      { x: margin, y: y + 50, widthMm: inner },
      { points: 8.5, colour: soft },
    ),
  ];
}
