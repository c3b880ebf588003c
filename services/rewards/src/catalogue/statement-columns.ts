import type { Column } from '@ddp/paper/spreadsheet/column';

const column = <K extends string>(key: K, zh: string, en: string, width?: number): Column<K> => ({
  key,
  title: { zh, en },
  ...(width === undefined ? {} : { width }),
});

/** Who pays, as papers and tables say it. */
export const payerNames = {
  donated: '商户捐赠',
  subsidised: '资助补贴',
  fund: '暖心基金',
} as const;
export const payerNotes = {
  donated: '商户自行承担，不付款',
  subsidised: '由资助方的预算支付',
  fund: '由基金支付',
} as const;
export const statementStateNames = {
  drawn: '待确认',
  confirmed: '已确认',
  disputed: '有异议',
  closed: '已到期',
  paid: '已付款',
} as const;

/** A statement in a row; no column says who redeemed. */
export const statementColumns = [
  column('number', '结算单编号', 'Number', 22),
  column('month', '月份', 'Month', 10),
  column('merchant', '商户', 'Merchant', 24),
  column('state', '状态', 'State', 10),
  column('vouchers', '核销（张）', 'Vouchers', 11),
  column('points', '积分', 'Points', 10),
  column('donated', '商户捐赠（元）', 'Donated (yuan)', 15),
  column('subsidised', '资助补贴（元）', 'Subsidised (yuan)', 15),
  column('fund', '暖心基金（元）', 'Fund (yuan)', 15),
  column('correction', '其中更正（元）', 'Corrections (yuan)', 15),
  column('carriedIn', '上期结转（元）', 'Carried in (yuan)', 15),
  column('ceiling', '月度上限（元）', 'Ceiling (yuan)', 15),
  column('due', '本期应付（元）', 'Due (yuan)', 15),
  column('carriedOut', '结转下期（元）', 'Carried out (yuan)', 15),
  column('reference', '付款凭证', 'Payment', 20),
  column('head', '账本链头', 'Head of the chain', 74),
];

/** A line of a statement in a row. */
export const lineColumns = [
  column('number', '结算单编号', 'Number', 22),
  column('merchant', '商户', 'Merchant', 24),
  column('kind', '类别', 'Kind', 8),
  column('day', '核销日期', 'Day', 12),
  column('time', '核销时间', 'Time', 10),
  column('title', '权益', 'Benefit', 28),
  column('shop', '门店', 'Shop', 20),
  column('by', '核销人', 'Verified by', 12),
  column('payer', '付款方', 'Payer', 12),
  column('sponsor', '资助方', 'Sponsor', 18),
  column('points', '积分', 'Points', 8),
  column('yuan', '金额（元）', 'Yuan', 12),
  column('voucher', '券编号', 'Voucher', 38),
];
