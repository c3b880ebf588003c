import { readAreaMap, setAreaMap } from '@ddp/contracts/directory/area-map-routes';
import type { GivenMap } from '@ddp/contracts/directory/area-maps';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ environment: { DDP_ROLE: 'http' } });
  await house.plantAreas();
});
afterAll(() => house?.stop());

function squaresOf(...codes: string[]): GivenMap {
  return {
    type: 'FeatureCollection',
    features: codes.map((code, index) => {
      const [west, east] = [109 + index, 109.9 + index];
      const ring = [
        [west, 39],
        [east, 39],
        [east, 40],
        [west, 40],
        [west, 39],
      ];
      return {
        type: 'Feature',
        properties: { adcode: Number(code), name: '张三家的地', manager: '张三' },
        geometry: { type: 'Polygon', coordinates: [ring] },
      };
    }),
  };
}

const set = (map: GivenMap | null, by = house.officer, code = '150603') =>
  house.call(setAreaMap, { params: { code }, body: { map } }, by);
const read = (by = house.reader, code = '150603') =>
  house.call(readAreaMap, { params: { code } }, by);

it('is kept with the codes and names of the house, whatever else the file says', async () => {
  await expect(read()).rejects.toMatchObject({ slug: 'not-found' });
  expect(await set(squaresOf('150603001'))).toEqual({
    ...{ areaCode: '150603', outlined: 1, areas: 1 },
  });
  const { map } = await read();
  expect(map.features.map(({ properties }) => properties)).toEqual([
    { code: '150603001', name: '滨河街道' },
  ]);
  expect(JSON.stringify(await house.sql('SELECT * FROM directory_area_map'))).not.toContain('张三');
  expect(JSON.stringify(await house.sql('SELECT * FROM directory_idempotency'))).not.toContain(
    '张三',
  );
  expect(await house.audited('set-area-map')).toBe(1);
});

it('is refused in words where it does not fit; what was there stays', async () => {
  const before = await read();
  await expect(set(squaresOf('150602001'))).rejects.toMatchObject({
    slug: 'map-refused',
    document: { detail: expect.stringContaining('第 1 块') },
  });
  await expect(set(squaresOf('150603001', '150603001'))).rejects.toMatchObject({
    slug: 'map-refused',
  });
  const loose = { ...squaresOf('150603001'), owner: '张三' } as GivenMap;
  await expect(set(loose)).rejects.toMatchObject({ slug: 'invalid-request' });
  expect(await read()).toEqual(before);
});

it('is set by officers of the area, read by staff of it, and taken away', async () => {
  await expect(set(null, house.stranger)).rejects.toMatchObject({ slug: 'not-found' });
  await expect(set(null, house.reader)).rejects.toMatchObject({ slug: 'forbidden' });
  await expect(read(house.stranger)).rejects.toMatchObject({ slug: 'not-found' });
  await expect(read(personAs('resident'))).rejects.toMatchObject({ slug: 'forbidden' });
  expect((await set(null)).outlined).toBe(0);
  await expect(read()).rejects.toMatchObject({ slug: 'not-found' });
});

it('the audit names a map of an area that is not there', async () => {
  await set(squaresOf('150603001'));
  expect(await house.auditWith("UPDATE directory_area_map SET area_code = '9999'")).toEqual([
    'D14',
  ]);
});
