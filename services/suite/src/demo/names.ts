import type { Draw } from './draw.ts';

const surnames = [...'王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹龑頔'];
const givenNames = ['晓燕', '建国', '秀英', '志强', '丽娟', '海军', '春梅', '文博', '雨桐', '子轩'];
const mongolNames = ['乌兰', '其其格', '巴特尔', '萨仁', '苏日娜', '朝鲁', '娜仁', '布和', '图雅'];

/** An invented name; about one in four is Mongolian. */
export function inventName(draw: Draw): string {
  if (draw.below(4) === 0) return draw.one(mongolNames);
  return `${draw.one(surnames)}${draw.one(givenNames)}`;
}

const topics = ['阳光', '同心', '邻里', '草原红', '暖心', '银龄', '童伴', '绿色', '书香', '安居'];
const organizationKinds = ['社工服务中心', '志愿服务队', '老年协会', '公益促进会', '调解工作室'];
export const organizationName = (index: number): string =>
  `${topics[index % topics.length]}${organizationKinds[Math.floor(index / topics.length) % 5]}`;

export const merchantNames = [
  '滨河便民超市',
  '草原奶茶馆',
  '康城理发店',
  '同心书店',
  '老街粮油店',
  '青春山健身房',
  '暖城洗衣坊',
  '安心修鞋铺',
  '小马水果店',
  '鑫源五金店',
  '乐享电影院',
  '雅集花店',
];

interface DemoBenefit {
  title: string;
  kind: 'goods' | 'service' | 'discount' | 'space' | 'training';
  pricePoints: number;
  minimumStanding: number;
}

const benefitRows: [string, DemoBenefit['kind'], number, number][] = [
  ['抽纸一提', 'goods', 12, 0],
  ['鸡蛋三十枚', 'goods', 25, 0],
  ['大米五公斤', 'goods', 30, 0],
  ['洗衣液一瓶', 'goods', 20, 0],
  ['奶茶一杯', 'goods', 8, 0],
  ['理发一次', 'service', 15, 0],
  ['磨刀一把', 'service', 4, 0],
  ['修鞋一双', 'service', 6, 0],
  ['干洗一件', 'service', 16, 0],
  ['家电清洗一次', 'service', 60, 100],
  ['图书八折券', 'discount', 5, 0],
  ['水果九折券', 'discount', 5, 0],
  ['粮油满减券', 'discount', 10, 0],
  ['鲜花八折券', 'discount', 6, 0],
  ['电影票一张', 'goods', 35, 0],
  ['活动室半天', 'space', 20, 0],
  ['乒乓球台一小时', 'space', 5, 0],
  ['健身体验一次', 'space', 18, 0],
  ['共享厨房一次', 'space', 15, 0],
  ['儿童绘本角半天', 'space', 6, 0],
  ['手机使用课', 'training', 5, 0],
  ['面点课一次', 'training', 15, 0],
  ['马头琴体验课', 'training', 40, 100],
  ['急救知识课', 'training', 10, 0],
  ['书法课一次', 'training', 12, 0],
  ['蔬菜种子一包', 'goods', 3, 0],
  ['环保袋一个', 'goods', 3, 0],
  ['春联一副', 'goods', 5, 0],
  ['绿植一盆', 'goods', 10, 0],
  ['电影双人套票', 'goods', 70, 100],
];

/** Thirty benefits at sensible prices; none of them is a basic public service. */
export const demoBenefits: readonly DemoBenefit[] = benefitRows.map(
  ([title, kind, pricePoints, minimumStanding]) => ({ title, kind, pricePoints, minimumStanding }),
);
