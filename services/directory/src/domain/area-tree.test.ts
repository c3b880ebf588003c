import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AreaRow,
  areaCodeOf,
  narrowScope,
  nearestProgramme,
  placeAreas,
} from './area-tree.ts';

const city: AreaRow = { code: '1506', name: '鄂尔多斯市', level: 'city', parentCode: null };
const banner: AreaRow = { code: '150603', name: '康巴什区', level: 'banner', parentCode: '1506' };

describe('placing areas', () => {
  it('gives the same paths in any order of the rows', () => {
    const street: AreaRow = {
      code: '150603003',
      name: '滨河街道',
      level: 'township',
      parentCode: '150603',
    };
    fc.assert(
      fc.property(fc.shuffledSubarray([city, banner, street], { minLength: 3 }), (rows) => {
        const { placed, orphans } = placeAreas(rows, new Map());
        expect(orphans).toEqual([]);
        expect(placed.find((area) => area.code === '150603003')?.areaPath).toBe(
          '/1506/150603/150603003/',
        );
      }),
    );
  });

  it('hangs a new area under a stored one', () => {
    const { placed } = placeAreas([banner], new Map([['1506', '/1506/']]));
    expect(placed[0]?.areaPath).toBe('/1506/150603/');
  });

  it('leaves a stored area where it was moved to, and hangs new ones under it there', () => {
    const town: AreaRow = {
      code: '150603003',
      name: '滨河',
      level: 'township',
      parentCode: '150603',
    };
    const known = new Map([['150603', '/1506/150602/150603/']]);
    const { placed } = placeAreas([banner, town], known);
    expect(placed.map((area) => area.areaPath)).toEqual([
      '/1506/150602/150603/',
      '/1506/150602/150603/150603003/',
    ]);
  });

  it('names areas without a parent, and circles', () => {
    const a: AreaRow = { code: '1111', name: '甲', level: 'grid', parentCode: '2222' };
    const b: AreaRow = { code: '2222', name: '乙', level: 'grid', parentCode: '1111' };
    expect(placeAreas([banner, a, b], new Map()).orphans.sort()).toEqual([
      '1111',
      '150603',
      '2222',
    ]);
  });
});

it('finds the nearest programme on the way to the root', () => {
  const programmes = [{ areaPath: '/1506/' }, { areaPath: '/1506/150603/' }];
  expect(nearestProgramme('/1506/150603/150603003/', programmes)).toBe(programmes[1]);
  expect(nearestProgramme('/1506/150602/', programmes)).toBe(programmes[0]);
  expect(nearestProgramme('/1501/', programmes)).toBeNull();
});

it('narrows a scope to an area without ever widening it', () => {
  expect(narrowScope(['/1506/'], '/1506/150603/')).toEqual(['/1506/150603/']);
  expect(narrowScope(['/1506/150603/', '/1506/150602/'], '/1506/')).toHaveLength(2);
  expect(narrowScope(['/1506/150602/'], '/1506/150603/')).toEqual([]);
  expect(areaCodeOf('/1506/150603/')).toBe('150603');
});
