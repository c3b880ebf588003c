import { changeGrid, closeGrid, createGrid, listGrids } from '@ddp/contracts/directory/grid-routes';
import { readAreaHistory } from '@ddp/contracts/directory/relocation-routes';
import { createSubject, readArea } from '@ddp/contracts/directory/routes';
import { newId } from '@ddp/db-kit/ids';
import { anonymous } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { community, type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await house.plantAreas();
});
afterAll(async () => {
  expect(await house?.audit()).toEqual([]);
  await house?.stop();
});

const create = (number: string, fields: object = {}, principal = house.officer, key = newId()) => {
  const body = { communityCode: '150603001001', number, name: `第${number}网格`, households: 420 };
  return house.call(createGrid, { body: { ...body, ...fields } }, principal, key);
};

describe('a grid', () => {
  it('is an area under its community, made once for one key and one number', async () => {
    const key = newId();
    const [one, again] = await Promise.all([
      create('001', {}, house.officer, key),
      create('001', {}, house.officer, key),
    ]);
    expect(one).toEqual(again);
    expect(one).toMatchObject({ areaPath: `${community}150603001001001/`, advice: 'fits' });
    await expect(create('001')).rejects.toMatchObject({ slug: 'grid-code-taken' });
    const code = one.code;
    const area = await house.call(readArea, { params: { code } }, anonymous);
    expect(area).toMatchObject({ level: 'grid', parentCode: '150603001001', state: 'open' });
  });

  it('has its code alone, however many set it up at once', async () => {
    const tries = await Promise.allSettled([1, 2, 3, 4].map(() => create('005')));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is refused elsewhere than under a community, and to strangers', async () => {
    await expect(create('002', { communityCode: '150603001' })).rejects.toMatchObject({
      slug: 'parent-level-does-not-fit',
    });
    await expect(create('002', {}, house.stranger)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(create('002', {}, house.reader)).rejects.toMatchObject({ slug: 'forbidden' });
  });

  it('is renamed with its old name in the history, and warns of too many households', async () => {
    const { code } = await create('003');
    const body = { name: '金色家园网格', households: 612 };
    const changed = await house.call(changeGrid, { params: { code }, body }, house.officer);
    expect(changed).toMatchObject({ ...body, advice: 'too-many' });
    const { items } = await house.call(readAreaHistory, { params: { code } }, anonymous);
    expect(items).toMatchObject([{ name: '第003网格', change: 'renamed' }]);
    await expect(
      house.call(changeGrid, { params: { code }, body }, house.stranger),
    ).rejects.toMatchObject({ slug: 'not-found' });
  });

  it('is closed only when nobody is left in it, and takes nobody any more', async () => {
    const { code } = await create('004');
    const subject = { kind: 'organization' as const, name: '楼栋志愿队', personId: null };
    const join = () =>
      house.call(
        createSubject,
        { body: { ...subject, unitId: null, areaCode: code } },
        house.officer,
      );
    await join();
    const close = () =>
      house.call(closeGrid, { params: { code }, body: { reason: '网格调整' } }, house.officer);
    await expect(close()).rejects.toMatchObject({ slug: 'area-in-use' });
    await house.sql('UPDATE directory_subject SET is_active = 0 WHERE area_code = ?', code);
    expect(await close()).toMatchObject({ state: 'closed' });
    await expect(close()).rejects.toMatchObject({ slug: 'area-closed' });
    await expect(join()).rejects.toMatchObject({ slug: 'area-closed' });
    await expect(create('004')).rejects.toMatchObject({ slug: 'grid-code-taken' });
  });

  it('is listed by community, name and state', async () => {
    await create('011', { communityCode: '150603001002', name: '甲网格', households: 10 });
    await create('012', { communityCode: '150603001002', name: '乙网格' });
    const list = async (query: object, principal = house.officer) =>
      (await house.call(listGrids, { query }, principal)).items.map(({ name }) => name);
    expect(await list({ areaCode: '150603001002' })).toEqual(['甲网格', '乙网格']);
    expect(await list({ search: '150603001002012' })).toEqual(['乙网格']);
    expect(await list({ search: '甲' })).toEqual(['甲网格']);
    expect(await list({ areaCode: '150603001002', state: 'closed' })).toEqual([]);
    expect(await list({}, house.stranger)).toEqual([]);
  });
});
