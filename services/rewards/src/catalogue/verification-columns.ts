import type { Column } from '@ddp/paper/spreadsheet/column';

type Key = 'day' | 'time' | 'title' | 'yuan' | 'shop' | 'by' | 'state' | 'voucher';

/** What a merchant takes to the own books; no column says who redeemed. */
export const verificationColumns: readonly Column<Key>[] = [
  { key: 'day', title: { zh: '日期', en: 'Day' }, width: 12 },
  { key: 'time', title: { zh: '时间', en: 'Time' }, width: 10 },
  { key: 'title', title: { zh: '权益', en: 'Benefit' } },
  { key: 'yuan', title: { zh: '面值（元）', en: 'Face value (yuan)' }, width: 14 },
  { key: 'shop', title: { zh: '门店', en: 'Shop' } },
  { key: 'by', title: { zh: '核销人', en: 'Verified by' }, width: 10 },
  { key: 'state', title: { zh: '状态', en: 'State' }, width: 10 },
  { key: 'voucher', title: { zh: '券编号', en: 'Voucher' }, width: 38 },
];
