import { subjectChanged } from '@ddp/contracts/directory/events';
import { readAreaHistory } from '@ddp/contracts/directory/relocation-routes';
import {
  createPost,
  createSubject,
  createUnit,
  importAreas,
  listSubjects,
  readSubject,
  startProgramme,
} from '@ddp/contracts/directory/routes';
import type { OrganizationStage } from '@ddp/contracts/directory/schemas';
import {
  changeSubject,
  closeSubject,
  listOwnSubjects,
  listStages,
  setStage,
  transferSubject,
} from '@ddp/contracts/directory/subject-routes';
import { newId } from '@ddp/db-kit/ids';
import { anonymous, personAs, serviceAs } from '@ddp/testing/principals';
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

const hire = (fields: object = {}) => {
  const body = {
    kind: 'worker' as const,
    name: '萨仁',
    areaCode: '150603001001',
    personId: newId(),
  };
  return house.call(createSubject, { body: { ...body, unitId: null, ...fields } }, house.officer);
};
const found = (name = '晨光社工服务中心') =>
  hire({ kind: 'organization', name, personId: null, areaCode: '150603' });
const card = (id: string) => house.call(readSubject, { params: { id } }, serviceAs('codes'));

describe('a subject', () => {
  it('is renamed once for one key, and its card follows', async () => {
    const { id } = await hire();
    const body = { name: '萨仁高娃', title: '社工督导' };
    const key = newId();
    const change = () => house.call(changeSubject, { params: { id }, body }, house.officer, key);
    expect(await change()).toMatchObject({ ...body, version: 2 });
    expect(await change()).toMatchObject({ version: 2 });
    expect(await card(id)).toMatchObject({ ...body, version: 2 });
    const told = (await house.sent(subjectChanged)).filter(({ subjectId }) => subjectId === id);
    expect(told).toHaveLength(2);
  });

  it('goes to another unit and area, under the programme there', async () => {
    const programme = { areaCode: '150603001002', name: '景观社区积分' };
    const begun = await house.call(startProgramme, { body: programme }, house.administrator);
    const unit = { name: '景观社工室', kind: 'room' as const, areaCode: '150603001002' };
    const { id: unitId } = await house.call(createUnit, { body: unit }, house.officer);
    const { id, programmeId } = await hire();
    expect(programmeId).toBeNull();
    const body = { unitId, areaCode: '150603001002' };
    const moved = await house.call(transferSubject, { params: { id }, body }, house.officer);
    expect(moved).toMatchObject({ programmeId: begun.id, unitId, areaName: '景观社区' });
    const nowhere = { unitId: newId(), areaCode: '150603001002' };
    await expect(
      house.call(transferSubject, { params: { id }, body: nowhere }, house.officer),
    ).rejects.toMatchObject({ slug: 'unknown-unit' });
    const away = { unitId: null, areaCode: '150602001001' };
    await expect(
      house.call(transferSubject, { params: { id }, body: away }, house.officer),
    ).rejects.toMatchObject({ slug: 'not-found' });
  });

  it('shows the new name of its area when the official table has one', async () => {
    const { id } = await hire({ areaCode: '150603001002' });
    const row = { code: '150603001002', level: 'community' as const, parentCode: '150603001' };
    const renamed = { body: { areas: [{ ...row, name: '景观湖社区' }] } };
    const counts = await house.call(importAreas, renamed, house.administrator);
    expect(counts).toEqual({ added: 0, renamed: 1 });
    expect(await card(id)).toMatchObject({ areaName: '景观湖社区', version: 2 });
    expect((await house.sent(subjectChanged)).slice(-5)).toContainEqual({ subjectId: id });
    const params = { code: '150603001002' };
    const { items } = await house.call(readAreaHistory, { params }, anonymous);
    expect(items).toMatchObject([{ name: '景观社区', change: 'renamed' }]);
  });

  it('is closed for good, with a reason, by its own officers alone', async () => {
    const { id } = await hire();
    const closing = { params: { id }, body: { reason: '调离本市' } };
    await expect(house.call(closeSubject, closing, house.stranger)).rejects.toMatchObject({
      slug: 'not-found',
    });
    await expect(house.call(closeSubject, closing, house.reader)).rejects.toMatchObject({
      slug: 'forbidden',
    });
    const closed = await house.call(closeSubject, closing, house.officer);
    expect(closed).toMatchObject({ isActive: false, closedReason: '调离本市' });
    const renaming = { params: { id }, body: { name: '新名', title: '' } };
    for (const attempt of [
      () => house.call(closeSubject, closing, house.officer),
      () => house.call(changeSubject, renaming, house.officer),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ slug: 'subject-closed' });
    }
  });

  it('is found by its name, its area and what it is', async () => {
    const one = await hire({ name: '娜仁甲' });
    const two = await hire({ name: '娜仁乙', areaCode: '150603001002' });
    const list = async (query: object, principal = house.officer) =>
      (await house.call(listSubjects, { query }, principal)).items.map(({ id }) => id);
    expect(await list({ search: '娜仁' })).toEqual([two.id, one.id]);
    expect(await list({ search: '150603001002', kind: 'worker' })).toContain(two.id);
    expect(await list({ search: '150603001002' })).not.toContain(one.id);
    expect(await list({ search: '娜仁', areaCode: '150603001001' })).toEqual([one.id]);
    expect(await list({ search: '娜仁', isActive: 'false' })).toEqual([]);
    expect(await list({ search: '娜仁' }, house.stranger)).toEqual([]);
  });
});

it('tells who serves what they are rated as: themselves, and organizations they serve in now', async () => {
  const personId = newId();
  const self = personAs('resident', { personId });
  const own = () => house.call(listOwnSubjects, {}, self);
  expect(await own()).toEqual({ items: [] });
  const unit = { name: '晨光社工站', kind: 'station' as const, areaCode: '150603001' };
  const { id: unitId } = await house.call(createUnit, { body: unit }, house.officer);
  const worker = await hire({ personId, title: '社工' });
  await hire({ unitId });
  const organization = { kind: 'organization', personId: null, areaCode: '150603001' };
  const served = await hire({ ...organization, name: '晨光', unitId });
  const post = { personId, role: null, unitId, areaCode: '150603001' };
  const appoint = (fromOn: string, toOn: string | null) =>
    house.call(createPost, { body: { ...post, fromOn, toOn } }, house.officer);
  await appoint('2026-01-01', '2026-02-01');
  const [alone] = (await own()).items;
  expect(alone).toMatchObject({ id: worker.id, isOwn: true, title: '社工' });
  await appoint('2026-03-01', null);
  const { items } = await own();
  expect(items.map(({ id, isOwn }) => [id, isOwn])).toEqual([
    [worker.id, true],
    [served.id, false],
  ]);
  const closing = { params: { id: worker.id }, body: { reason: '调离本市' } };
  await house.call(closeSubject, closing, house.officer);
  expect((await own()).items.map(({ id }) => id)).toEqual([served.id]);
});

describe('an organization', () => {
  const step = (id: string, stage: OrganizationStage, principal = house.officer, key = newId()) =>
    house.call(
      setStage,
      { params: { id }, body: { stage, onDate: '2026-03-01', evidence: `${stage} 的文件` } },
      principal,
      key,
    );

  it('goes through its stages with evidence, back with a reason, and ends closed', async () => {
    const { id } = await found();
    for (const stage of [
      'incubating',
      'recorded',
      'incubating',
      'recorded',
      'registered',
    ] as const) {
      expect(await step(id, stage)).toMatchObject({ stage });
    }
    await expect(step(id, 'incubating')).rejects.toMatchObject({ slug: 'stage-does-not-follow' });
    expect(await step(id, 'dissolved')).toMatchObject({ stage: 'dissolved', isActive: false });
    await expect(step(id, 'recorded')).rejects.toMatchObject({ slug: 'stage-does-not-follow' });
    const { items } = await house.call(listStages, { params: { id } }, house.officer);
    expect(items.map(({ stage }) => stage)).toEqual([
      ...['dissolved', 'registered', 'recorded', 'incubating', 'recorded', 'incubating'],
    ]);
    expect(items[0]).toMatchObject({ onDate: '2026-03-01', evidence: 'dissolved 的文件' });
    const query = { stage: 'dissolved' as const };
    const listed = await house.call(listSubjects, { query }, house.officer);
    expect(listed.items.map((one) => one.id)).toEqual([id]);
  });

  it('takes one step for one key and one of those asked at once', async () => {
    const { id } = await found('曙光社会组织');
    const key = newId();
    await step(id, 'incubating', house.officer, key);
    await step(id, 'incubating', house.officer, key);
    const tries = await Promise.allSettled([1, 2, 3].map(() => step(id, 'recorded')));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { items } = await house.call(listStages, { params: { id } }, house.officer);
    expect(items).toHaveLength(2);
  });

  it('is out of reach of strangers, and a worker has no stages', async () => {
    const { id } = await found('霞光社会组织');
    await expect(step(id, 'recorded', house.stranger)).rejects.toMatchObject({ slug: 'not-found' });
    const stages = house.call(listStages, { params: { id } }, house.stranger);
    await expect(stages).rejects.toMatchObject({ slug: 'not-found' });
    const worker = await hire();
    await expect(step(worker.id, 'recorded')).rejects.toMatchObject({
      slug: 'subject-is-no-organization',
    });
  });
});
