import { expect, it } from 'vitest';
import { adviseGrid } from './grid-advice.ts';

it.each([
  [null, 'unknown'],
  [299, 'too-few'],
  [300, 'fits'],
  [500, 'fits'],
  [501, 'too-many'],
])('says of %s households: %s', (households, advice) => {
  expect(adviseGrid(households)).toBe(advice);
});
