import { describe, expect, it } from 'vitest';
import { findForbiddenInput } from './forbidden-input.ts';

const listed =
  '信访 上访 投诉 举报 言论 发帖 点赞 宗教 信仰 民族 健康 疾病 生育 计划生育 性别 年龄 残疾 党员';

describe('what no rule may count', () => {
  it.each(listed.split(' '))('is found in a sentence: %s', (word) => {
    expect(findForbiddenInput(`全年无${word}记录的居民`)).not.toBeNull();
  });

  it.each([
    ...['信 访', '信\u200b访', '信·访', '信-访', '信　访', '信訪', '上訪', '投訴', '舉報', '言論'],
    ...['發帖', '點贊', '點讚', '計劃生育', '性別', '年齡', '殘疾', '黨員', '「宗教」'],
  ])('is found however it is written: %j', (text) => {
    expect(findForbiddenInput(`不参与${text}者`)).not.toBeNull();
  });

  it.each([
    ...[
      'No petitions this year',
      'NO PETITION',
      'Ｐｅｔｉｔｉｏｎ',
      'p e t i t i o n',
      'Family planning',
    ],
    ...[
      'family-planning',
      'Good health',
      'Age over 60',
      'age_over_60',
      'Party member',
      'Likes given',
    ],
    ...['Religious activity', 'Free speech', 'Disabled resident', 'By gender', 'Ethnic unity'],
  ])('is found in English: %j', (text) => {
    expect(findForbiddenInput(text)).not.toBeNull();
  });

  it.each([
    ...[
      '参加活动',
      '参加议事',
      '调解纠纷',
      '好人好事',
      '荣誉表彰',
      '志愿服务',
      '评价服务',
      '清扫积雪',
    ],
    ...['Taking part in a meeting', 'Clearing snow in the village', 'A good deed', 'Teamwork'],
    ...[
      'Rating a service',
      'Mediating a dispute',
      'An honour',
      'Volunteering',
      '楼道清洁',
      '看望老人',
    ],
  ])('is not seen in %j', (text) => {
    expect(findForbiddenInput(text)).toBeNull();
  });
});
