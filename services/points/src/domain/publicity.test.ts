import { parseCivilDate } from '@ddp/calendar/civil-date';
import { expect, it } from 'vitest';
import { entryOf } from './publicity.ts';

it('says rule, points and week, and names nobody', () => {
  const awardedOn = parseCivilDate('2026-11-24');
  const { title, text } = entryOf({ ruleTitle: '好人好事', points: 30, awardedOn });
  expect(title).toBe('积分公示：好人好事 30 分');
  expect(text).toContain('本社区一位居民因“好人好事”（2026 年第 48 周）拟获 30 分');
});
