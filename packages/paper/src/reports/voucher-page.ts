import type { QrMatrix } from '@ddp/qr/matrix';
import { box, type Mark, type Page } from '../drawing/marks.ts';
import { brand, ink, product, soft } from '../sheets/sheet-item.ts';
import { a4, footer, inner, label, margin, rule, toPage } from './report-page.ts';

export interface VoucherPaper {
  benefitTitle: string;
  merchantName: string;
  /** Sixteen digits, as they are scanned and typed. */
  code: string;
  matrix: QrMatrix;
  lastDay: string;
  /** Which print of this voucher it is, from 1. */
  prints: number;
  printedOn: string;
}

const qrSide = 74;
const white = '#ffffff';
const advice = [
  '请把这张纸交给商户扫码，或请店员输入上面的数字。',
  '只能使用一次；用过以后请交给店员或自行撕毁。',
  '纸张遗失或损坏，请到社区补打，补打后旧的一张立即作废。',
];

/** A voucher on one page of A4, in letters for old eyes; nothing on it tells whose it is. */
export function layOutVoucherPage(paper: VoucherPaper): Page {
  const { benefitTitle, merchantName, code, matrix, lastDay, prints, printedOn } = paper;
  const at = (y: number) => ({ x: margin, y, widthMm: inner });
  const centred = (text: string, y: number, points: number, isBold = false): Mark[] =>
    label(text, at(y), { points, isBold, align: 'centre' });
  return toPage([
    { kind: 'path', steps: box(0, 0, a4.widthMm, 34), fill: brand },
    ...label(product, at(8), { points: 10, colour: white }),
    ...label('纸质兑换券', at(14), { points: 24, isBold: true, colour: white }),
    ...centred(benefitTitle, 46, 30, true),
    ...centred(`到“${merchantName}”使用`, 64, 20),
    ...centred(`有效期至 ${lastDay}（含当日）`, 76, 20, true),
    { kind: 'qr', matrix, x: (a4.widthMm - qrSide) / 2, y: 92, side: qrSide },
    ...label(groupsOf(code), at(172), { points: 30, isBold: true, align: 'centre', colour: ink }),
    rule(192),
    ...advice.flatMap((text, index) => label(text, at(199 + index * 11), { points: 15 })),
    ...label(`第 ${prints} 次打印，社区工作人员代办`, at(238), { points: 11, colour: soft }),
    ...footer('纸上没有个人信息，仅凭本纸和登录的商户核销。', printedOn, 1, 1),
  ]);
}

/** Four digits at a time, as they are read out. */
function groupsOf(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ');
}
