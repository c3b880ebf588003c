import type {
  allocations,
  BenefitState,
  benefitKinds,
  payers,
} from '@ddp/contracts/rewards/benefits';
import type { Column } from '@ddp/paper/spreadsheet/column';

/** Words of benefits as they stand in the cells of a table. */
export const kindWords: Record<(typeof benefitKinds)[number], string> = {
  goods: '实物',
  service: '服务',
  discount: '折扣',
  space: '场地',
  training: '培训',
};
export const payerWords: Record<(typeof payers)[number], string> = {
  donated: '捐赠',
  subsidised: '补贴',
  fund: '基金',
};
export const allocationWords: Record<(typeof allocations)[number], string> = {
  'first-come': '先到先得',
  'waiting-list': '候补',
  draw: '抽签',
};
export const stateWords: Record<BenefitState, string> = {
  draft: '草稿',
  submitted: '待审核',
  approved: '已通过',
  published: '已上架',
  paused: '已暂停',
  withdrawn: '已下架',
  ended: '已结束',
};

const choice = (words: Record<string, string>) => {
  const all = Object.values(words).join('、');
  return { zh: `填写其一：${all}`, en: `one of: ${all}` };
};
const whole = { zh: '整数', en: 'a whole number' };
const limit = { zh: '整数，留空为不限', en: 'a whole number; empty: no limit' };

export type BenefitColumnKey =
  | 'title'
  | 'description'
  | 'kind'
  | 'pricePoints'
  | 'minimumStanding'
  | 'merchants'
  | 'perPersonPerDay'
  | 'perPersonPerWeek'
  | 'perPersonPerMonth'
  | 'perPersonInTotal'
  | 'validDays'
  | 'payer'
  | 'unitValueYuan'
  | 'budget'
  | 'opensOn'
  | 'closesOn'
  | 'allocation';

export const benefitColumns: readonly Column<BenefitColumnKey>[] = [
  { key: 'title', title: { zh: '名称', en: 'Title' }, required: true, example: '奶茶一杯' },
  { key: 'description', title: { zh: '说明', en: 'Description' }, example: '中杯，冷热任选' },
  {
    ...{ key: 'kind', title: { zh: '类型', en: 'Kind' }, required: true, example: '实物' },
    note: choice(kindWords),
  },
  {
    ...{ key: 'pricePoints', title: { zh: '积分', en: 'Points' }, required: true },
    ...{ example: '20', note: whole },
  },
  {
    ...{ key: 'minimumStanding', title: { zh: '最低品德值', en: 'Minimum standing' } },
    ...{ example: '100', note: whole },
  },
  {
    key: 'merchants',
    title: { zh: '商户与库存', en: 'Merchants and stock' },
    required: true,
    width: 40,
    example: '草原奶茶馆:50；乌兰超市:20',
    note: {
      zh: '商户名称:件数，多个商户用分号隔开',
      en: 'name:pieces, several parted by semicolons',
    },
  },
  {
    ...{ key: 'perPersonPerDay', title: { zh: '每人每日', en: 'Per person and day' } },
    note: limit,
  },
  {
    ...{ key: 'perPersonPerWeek', title: { zh: '每人每周', en: 'Per person and week' } },
    note: limit,
  },
  {
    ...{ key: 'perPersonPerMonth', title: { zh: '每人每月', en: 'Per person and month' } },
    note: { zh: '整数，留空为 1', en: 'a whole number; empty: 1' },
  },
  {
    ...{ key: 'perPersonInTotal', title: { zh: '每人总计', en: 'Per person in total' } },
    note: limit,
  },
  {
    ...{ key: 'validDays', title: { zh: '券有效天数', en: 'Days a voucher is good' } },
    note: { zh: '整数，留空为 30', en: 'a whole number; empty: 30' },
  },
  {
    ...{ key: 'payer', title: { zh: '出资方式', en: 'Who pays' }, required: true },
    ...{ example: '捐赠', note: choice(payerWords) },
  },
  {
    ...{ key: 'unitValueYuan', title: { zh: '面值（元）', en: 'Face value (yuan)' } },
    ...{ example: '12.50', note: { zh: '最多两位小数', en: 'at most two decimals' } },
  },
  {
    ...{ key: 'budget', title: { zh: '资助方', en: 'Sponsor' } },
    note: { zh: '已登记的资助方名称，留空为无', en: 'a registered sponsor; empty: none' },
  },
  {
    ...{ key: 'opensOn', title: { zh: '开始日期', en: 'From' }, example: '2026-12-01' },
    note: { zh: '当日零时起', en: 'from the first instant of the day' },
  },
  {
    ...{ key: 'closesOn', title: { zh: '结束日期', en: 'Until' }, example: '2026-12-31' },
    note: { zh: '含当日', en: 'that day included' },
  },
  {
    ...{ key: 'allocation', title: { zh: '发放方式', en: 'Handed out' } },
    note: {
      zh: `填写其一：${Object.values(allocationWords).join('、')}；留空为先到先得`,
      en: `one of: ${Object.values(allocationWords).join('、')}; empty: the first`,
    },
  },
];

/** What an export tells beside what an import takes. */
export const exportColumns = [
  ...benefitColumns,
  { key: 'state', title: { zh: '状态', en: 'State' }, width: 10 },
  { key: 'available', title: { zh: '剩余', en: 'Available' }, width: 10 },
] as const;

/** The key of a word, or null where it is none of them. */
export function keyOfWord<K extends string>(words: Record<K, string>, word: string): K | null {
  const keys = Object.keys(words) as K[];
  return keys.find((key) => words[key] === word || key === word) ?? null;
}
