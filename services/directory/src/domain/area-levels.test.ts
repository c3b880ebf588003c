import { areaLevels } from '@ddp/contracts/directory/schemas';
import { unitKinds } from '@ddp/contracts/directory/units';
import { expect, it } from 'vitest';
import { isKindOfLevel, isRoleOfLevel, levelAbove, officerOf } from './area-levels.ts';

it('lets each kind of station stand on the one level it belongs to', () => {
  const fitting = unitKinds.map((kind) => areaLevels.filter((level) => isKindOfLevel(kind, level)));
  expect(fitting).toEqual([['city'], ['banner'], ['township'], ['community'], [...areaLevels]]);
});

it('gives no role over an area that is not of its level', () => {
  const over = (role: Parameters<typeof isRoleOfLevel>[0]) =>
    areaLevels.filter((level) => isRoleOfLevel(role, level));
  expect(over('city-officer')).toEqual(['city']);
  expect(over('banner-officer')).toEqual(['banner']);
  expect(over('community-officer')).toEqual(['township', 'community']);
  expect(over('grid-worker')).toEqual(['township', 'community', 'grid']);
  expect(over('auditor')).toEqual([...areaLevels]);
  expect(over(null)).toEqual([...areaLevels]);
});

it('names the level above, and whose officers answer', () => {
  expect(areaLevels.map(levelAbove)).toEqual([null, 'city', 'banner', 'township', 'community']);
  expect(areaLevels.map(officerOf)).toEqual([
    'city-officer',
    'banner-officer',
    'community-officer',
    'community-officer',
    'community-officer',
  ]);
});
