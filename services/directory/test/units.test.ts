import { subjectChanged } from '@ddp/contracts/directory/events';
import { createSubject, createUnit, listUnits } from '@ddp/contracts/directory/routes';
import { changeUnit, readUnit, setUnitState } from '@ddp/contracts/directory/unit-routes';
import type { UnitKind } from '@ddp/contracts/directory/units';
import { newId } from '@ddp/db-kit/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await house.plantAreas();
});
afterAll(async () => {
  expect(await house?.audit()).toEqual([]);
  await house?.stop();
});

const unit = (name: string, kind: UnitKind = 'room', areaCode = '150603001001') => ({
  body: { name, kind, areaCode, address: '滨河路 1 号', contactPhone: '0477-8590000' },
});
const create = (name: string, kind?: UnitKind, areaCode?: string) =>
  house.call(createUnit, unit(name, kind, areaCode), house.officer);

describe('a station', () => {
  it.each([
    ['station', '150603001001'],
    ['room', '150603'],
    ['guidance-centre', '150603'],
    ['service-centre', '150603001'],
  ] as const)('of the kind %s is refused in %s, whose level has another', async (kind, code) => {
    await expect(create('错位', kind, code)).rejects.toMatchObject({
      slug: 'unit-kind-does-not-fit',
    });
  });

  it('keeps its address and desk phone, and is created once for one key', async () => {
    const key = newId();
    const asked = () => house.call(createUnit, unit('甲社工室'), house.officer, key);
    const [first, second] = await Promise.all([asked(), asked()]);
    expect(first).toEqual(second);
    expect(first).toMatchObject({ address: '滨河路 1 号', contactPhone: '0477-8590000' });
  });

  it('is changed, closed and opened with a history, by its own officers alone', async () => {
    const { id } = await create('乙社工室');
    const params = { id };
    const told = { name: '乙乙社工室', address: '', contactPhone: '' };
    const closing = { state: 'closed' as const, onDate: '2026-12-01', reason: '场地改造' };
    const foreign = { document: { status: 404 } };
    for (const attempt of [
      () => house.call(changeUnit, { params, body: told }, house.stranger),
      () => house.call(setUnitState, { params, body: closing }, house.stranger),
      () => house.call(readUnit, { params }, house.stranger),
    ]) {
      await expect(attempt()).rejects.toMatchObject(foreign);
    }
    await expect(
      house.call(changeUnit, { params, body: told }, house.reader),
    ).rejects.toMatchObject({ document: { status: 403 } });
    await house.call(changeUnit, { params, body: told }, house.officer);
    const key = newId();
    const close = () => house.call(setUnitState, { params, body: closing }, house.officer, key);
    expect(await close()).toEqual(await close());
    await expect(
      house.call(setUnitState, { params, body: closing }, house.officer),
    ).rejects.toMatchObject({ slug: 'conflict' });
    const person = { kind: 'worker' as const, name: '萨仁', personId: newId() };
    const hiring = { body: { ...person, unitId: id, areaCode: '150603001001' } };
    await expect(house.call(createSubject, hiring, house.officer)).rejects.toMatchObject({
      slug: 'unknown-unit',
    });
    const opening = { state: 'open' as const, onDate: '2027-01-04', reason: '改造完成' };
    await house.call(setUnitState, { params, body: opening }, house.officer);
    const seen = await house.call(readUnit, { params }, house.officer);
    expect(seen).toMatchObject({ name: '乙乙社工室', state: 'open' });
    expect(seen.states.map(({ state, onDate }) => [state, onDate])).toEqual([
      ['open', '2027-01-04'],
      ['closed', '2026-12-01'],
    ]);
  });

  it('lets the cards of its subjects follow a new name', async () => {
    const { id } = await create('丙社工室');
    const person = { kind: 'worker' as const, name: '萨仁', personId: newId() };
    const subject = await house.call(
      createSubject,
      { body: { ...person, unitId: id, areaCode: '150603001001' } },
      house.officer,
    );
    const before = (await house.sent(subjectChanged)).length;
    const told = { name: '丙丙社工室', address: '', contactPhone: '' };
    await house.call(changeUnit, { params: { id }, body: told }, house.officer);
    const events = (await house.sent(subjectChanged)).slice(before);
    expect(events).toEqual([{ subjectId: subject.id }]);
  });
});

describe('the list of units', () => {
  it('is searched by name or code, filtered, paged, and never reaches beyond the scope', async () => {
    for (const name of ['丁一', '丁二', '丁三']) await create(name);
    await create('丁镇站', 'station', '150603001');
    const list = async (query: object, principal = house.officer) =>
      (await house.call(listUnits, { query }, principal)).items.map(({ name }) => name);
    expect(await list({ search: '丁' })).toEqual(['丁镇站', '丁三', '丁二', '丁一']);
    expect(await list({ search: '丁', kind: 'station' })).toEqual(['丁镇站']);
    expect(await list({ search: '150603001001', kind: 'station' })).toEqual([]);
    expect(await list({ areaCode: '150603001001', search: '丁' })).toHaveLength(3);
    expect(await list({ areaCode: '1506', search: '丁' })).toHaveLength(4);
    expect(await list({ search: '丁' }, house.stranger)).toEqual([]);
    expect(await list({ areaCode: '150603' }, house.stranger)).toEqual([]);
    expect(await list({ search: '丁%' })).toEqual([]);
    const query = { search: '丁', limit: 3 };
    const page = await house.call(listUnits, { query }, house.officer);
    const cursor = page.nextCursor ?? '';
    expect(await list({ ...query, cursor })).toEqual(['丁一']);
    await expect(list({ areaCode: '9999' })).rejects.toMatchObject({ slug: 'unknown-area' });
  });
});
