import { parseCivilDate } from '@ddp/calendar/civil-date';
import { expect, it } from 'vitest';
import { entryOf } from './publicity.ts';

const terms = {
  ruleTitle: '好人好事',
  points: 30,
  awardedOn: parseCivilDate('2026-11-24'),
  nickname: null,
};

it('says rule, points and week, and names nobody without consent', () => {
  const { title, text } = entryOf(terms);
  expect(title).toBe('积分公示：好人好事 30 分');
  expect(text).toContain('本社区一位居民因“好人好事”（2026 年第 48 周）拟获 30 分');
});

it('uses the name that the person has chosen', () => {
  expect(entryOf({ ...terms, nickname: '乌某' }).text).toContain('本社区居民“乌某”');
});
