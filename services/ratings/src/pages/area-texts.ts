import type { Language, Localized } from '@ddp/contracts/language';

const texts = {
  product: { zh: '多多评 · 码上生活', en: 'Duoduoping' },
  title: { zh: '居民评价', en: 'How residents rate' },
  period: { zh: '近十二个月', en: 'The last twelve months' },
  meanWithin: { zh: '平均分 ± 95% 区间', en: 'Mean ± 95% interval' },
  outOf: { zh: '满分 5 分', en: 'out of 5' },
  interval: { zh: '95% 区间', en: '95% interval' },
  verified: { zh: '实名居民评价', en: 'Ratings of verified residents' },
  guests: { zh: '游客评价（单列，不计分）', en: 'Of guests, apart and not in the mean' },
  levels: { zh: '评价分布', en: 'Levels' },
  trend: { zh: '每月平均分', en: 'Mean by month' },
  parts: { zh: '各区域', en: 'Areas below' },
  area: { zh: '区域', en: 'Area' },
  above: { zh: '上级区域', en: 'The area above' },
  count: { zh: '评价数', en: 'Ratings' },
  nothing: { zh: '评价人数不足，暂不公布', en: 'Too few raters to tell' },
  nothingTitle: { zh: '还没有可公布的评价', en: 'Nothing can be told yet' },
  nothingText: {
    zh: '每一项至少有 5 人评价后才公布，避免看出是谁评的。扫一扫评价码，就能评价为您服务的人。',
    en: 'Figures are told from five raters on, so that nobody can see who rated. Scan a code to rate.',
  },
  how: { zh: '怎么算的', en: 'How it is worked out' },
  howText: {
    zh: '平均分按贝叶斯方法计算，评价少时向基准分靠拢；只公布 5 人以上成组的评价，最近的评价可能稍后计入。',
    en: 'A Bayesian mean leans on a prior where ratings are few. Only groups of five raters or more are told, so the latest ratings may come in later.',
  },
  unknown: { zh: '没有这个区域', en: 'There is no such area' },
} satisfies Record<string, Localized>;

export const levelNames: readonly Localized[] = [
  { zh: '非常不满意', en: 'Very dissatisfied' },
  { zh: '不满意', en: 'Dissatisfied' },
  { zh: '基本满意', en: 'Fair' },
  { zh: '满意', en: 'Satisfied' },
  { zh: '非常满意', en: 'Very satisfied' },
];

export function areaText(name: keyof typeof texts, language: Language): string {
  return texts[name][language];
}
