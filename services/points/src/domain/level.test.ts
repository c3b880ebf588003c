import { parseCivilDate } from '@ddp/calendar/civil-date';
import { settingsSchema } from '@ddp/contracts/points/settings';
import { expect, it } from 'vitest';
import { levelOf, levelStanding, nextLevelAt } from './level.ts';

const { levels } = settingsSchema.parse({});

it.each([
  [0, '初心', 100],
  [99, '初心', 100],
  [100, '热心', 300],
  [599, '暖心', 600],
  [999, '贴心', 1_000],
  [1_000, '同心', null],
  [50_000, '同心', null],
])('a standing of %i gives %s', (standing, name, nextAt) => {
  expect(levelOf(levels, standing).zh).toBe(name);
  expect(nextLevelAt(levels, standing)).toBe(nextAt);
});

it('keeps a level for its days after standing was lost, and never lowers one', () => {
  const kept = { standing: 320, until: parseCivilDate('2026-12-31') };
  expect(levelStanding(280, kept, parseCivilDate('2026-12-31'))).toBe(320);
  expect(levelStanding(280, kept, parseCivilDate('2027-01-01'))).toBe(280);
  expect(levelStanding(400, kept, parseCivilDate('2026-12-31'))).toBe(400);
});

it.each([
  ['that do not begin at 0', [{ zh: '甲', en: 'A', fromStanding: 1 }]],
  ['that do not rise', [0, 5, 5].map((fromStanding) => ({ zh: '甲', en: 'A', fromStanding }))],
  ['that are none', []],
])('takes no levels %s', (_what, wrong) => {
  expect(settingsSchema.safeParse({ levels: wrong }).success).toBe(false);
});
