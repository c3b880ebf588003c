import type { Area, AreaLevel } from '@ddp/contracts/directory/schemas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideMerge, decideMove, rewritePath } from './relocation.ts';

function area(areaPath: string, level: AreaLevel, state: Area['state'] = 'open'): Area {
  const codes = areaPath.split('/').filter(Boolean);
  const [code = ''] = codes.slice(-1);
  const [parentCode = null] = codes.slice(-2, -1);
  return { code, name: code, level, parentCode, areaPath, state, mergedInto: null };
}

const city = area('/1506/', 'city');
const east = area('/1506/150602/', 'banner');
const west = area('/1506/150603/', 'banner');
const town = area('/1506/150602/150602001/', 'township');
const other = area('/1506/150603/150603001/', 'township');
const programme = (areaPath: string) => ({ id: areaPath, areaPath });

describe('moving an area', () => {
  it('gives it its code under the new parent', () => {
    expect(decideMove(town, west, [])).toEqual({ newPath: '/1506/150603/150602001/' });
  });

  it.each([
    ['a parent of the wrong level', decideMove(town, city, []), 'parent-mismatch'],
    ['a parent of its own level', decideMove(town, other, []), 'parent-mismatch'],
    ['itself as its parent', decideMove(town, town, []), 'area-inside-itself'],
    ['a circle', decideMove(east, town, []), 'area-inside-itself'],
    ['the parent it has', decideMove(town, east, []), 'same-parent'],
    [
      'a closed parent',
      decideMove(town, area('/1506/150603/', 'banner', 'closed'), []),
      'area-closed',
    ],
  ])('refuses %s', (_what, decision, refusal) => {
    expect(decision).toEqual({ refusal });
  });

  it('refuses to put people under another programme, but lets those without one join', () => {
    const both = [programme(east.areaPath), programme(west.areaPath)];
    expect(decideMove(town, west, both)).toEqual({ refusal: 'programme-conflict' });
    expect(decideMove(town, west, [programme(east.areaPath)])).toEqual({
      refusal: 'programme-conflict',
    });
    expect(decideMove(town, west, [programme(west.areaPath)])).toHaveProperty('newPath');
    expect(decideMove(town, west, [programme(city.areaPath)])).toHaveProperty('newPath');
    // Its own programme goes with it.
    expect(decideMove(town, west, [...both, programme(town.areaPath)])).toHaveProperty('newPath');
  });
});

describe('merging an area', () => {
  it('goes on at the path of the other', () => {
    expect(decideMerge(town, other, [])).toEqual({ newPath: other.areaPath });
  });

  it.each([
    ['an area of another level', decideMerge(town, west, []), 'parent-mismatch'],
    ['itself', decideMerge(town, town, []), 'area-inside-itself'],
    [
      'its own programme',
      decideMerge(town, other, [programme(town.areaPath)]),
      'programme-conflict',
    ],
    [
      'a merged area',
      decideMerge(area(town.areaPath, 'township', 'merged'), other, []),
      'area-closed',
    ],
  ])('refuses %s', (_what, decision, refusal) => {
    expect(decision).toEqual({ refusal });
  });
});

it('rewrites a path once, and leaves those outside as they are', () => {
  const code = fc.stringMatching(/^[0-9]{4,6}$/);
  fc.assert(
    fc.property(fc.array(code, { maxLength: 3 }), (rest) => {
      const below = rest.map((one) => `${one}/`).join('');
      const moved = rewritePath(`${town.areaPath}${below}`, town.areaPath, '/1506/1/');
      expect(moved).toBe(`/1506/1/${below}`);
      expect(rewritePath(moved ?? '', town.areaPath, '/1506/1/')).toBeNull();
    }),
  );
  expect(rewritePath('/1506/150602/1506020011/', town.areaPath, '/1/')).toBeNull();
});
