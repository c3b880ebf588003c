import { expect, it } from 'vitest';
import { levelOf } from './level.ts';

it.each([
  [0, '初心', 100],
  [99, '初心', 100],
  [100, '热心', 300],
  [599, '暖心', 600],
  [999, '贴心', 1_000],
  [1_000, '同心', null],
  [50_000, '同心', null],
])('a standing of %i gives %s', (standing, name, nextAt) => {
  expect(levelOf(standing)).toEqual({ name, nextAt });
});
