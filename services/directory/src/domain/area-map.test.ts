import type { GivenMap } from '@ddp/contracts/directory/area-maps';
import { describe, expect, it } from 'vitest';
import { decideMap } from './area-map.ts';

const parts = new Map([
  ['150602', '东胜区'],
  ['150603', '康巴什区'],
]);

const square = (west: number, south: number, side = 1): number[][] => [
  ...[[west, south, 1_300] as number[], [west + side, south], [west + side, south + side]],
  ...[
    [west, south + side],
    [west, south],
  ],
];

function mapOf(...codes: unknown[]): GivenMap {
  return {
    type: 'FeatureCollection',
    features: codes.map((code, index) => ({
      type: 'Feature',
      properties: { adcode: code, name: '张三家', owner: '张三' },
      geometry: { type: 'Polygon', coordinates: [square(109 + index, 39)] },
    })),
  };
}

describe('a map that is brought in', () => {
  it('keeps shapes, codes and our own names, and nothing else of the file', () => {
    const verdict = decideMap(mapOf(150602, '150603'), parts);
    expect(JSON.stringify(verdict)).not.toContain('张三');
    expect(verdict).toMatchObject({
      map: {
        features: [
          { properties: { code: '150602', name: '东胜区' } },
          { properties: { code: '150603', name: '康巴什区' } },
        ],
      },
    });
  });

  it('is made coarser: four decimals, no height, no point twice, no ring without extent', () => {
    const map = mapOf('150602');
    const fine = [
      [109, 39],
      [109.000011, 39.00002],
      [110, 39],
      [110.123456, 40.98765],
      [109, 39],
    ];
    const dot = square(109.5, 39.5, 0.00001);
    map.features[0] = {
      type: 'Feature',
      properties: { code: '150602' },
      geometry: { type: 'MultiPolygon', coordinates: [[fine, dot], [dot]] },
    };
    const verdict = decideMap(map, parts);
    const coordinates = [
      [
        [109, 39],
        [110, 39],
        [110.1235, 40.9877],
        [109, 39],
      ],
    ];
    expect(verdict).toMatchObject({ map: { features: [{ geometry: { coordinates } }] } });
  });

  it.each([
    ['an area that is none of those below', mapOf('150602', '150621'), 'unknown-area', 2],
    ['a feature without a code', mapOf(null), 'unknown-area', 1],
    ['an area twice', mapOf('150602', 150602), 'twice', 2],
  ] as const)('is refused with %s', (_what, map, refusal, at) => {
    expect(decideMap(map, parts)).toEqual({ refusal, at });
  });

  it('is refused off the globe, as in metres, and without any extent', () => {
    const of = (ring: number[][]): GivenMap => ({
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          properties: { code: '150602' },
          geometry: { type: 'Polygon', coordinates: [ring] },
        },
      ],
    });
    expect(decideMap(of(square(400, 39)), parts)).toEqual({ refusal: 'off-the-globe', at: 1 });
    expect(decideMap(of(square(109, 39, 0)), parts)).toEqual({ refusal: 'no-shape', at: 1 });
    const long = Array.from({ length: 60_001 }, (_none, index) => [109 + (index % 2), 39]);
    expect(decideMap(of(long), parts)).toEqual({ refusal: 'too-many-points', at: 1 });
  });
});
