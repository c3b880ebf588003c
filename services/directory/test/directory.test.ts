import * as routes from '@ddp/contracts/directory/routes';
import { personErased } from '@ddp/contracts/identity/events';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { anonymous, personAs, serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
const administrator = personAs('administrator', { areaPaths: ['/'] });
const officer = personAs('community-officer', { areaPaths: ['/1506/150603/'] });
const stranger = personAs('community-officer', { areaPaths: ['/1506/150602/'] });

beforeAll(async () => {
  house = await openHouse();
  await house.plantAreas();
});
afterAll(() => house?.stop());

function newSubject() {
  return {
    kind: 'worker' as const,
    name: '乌兰',
    unitId: null,
    areaCode: '150603',
    personId: newId(),
  };
}

describe('areas', () => {
  it('are found by parent and by name, page by page', async () => {
    const first = await house.call(
      routes.listAreas,
      { query: { parentCode: '1506', limit: 1 } },
      anonymous,
    );
    expect(first.items.map((area) => area.name)).toEqual(['东胜区']);
    const cursor = first.nextCursor ?? '';
    const second = await house.call(
      routes.listAreas,
      { query: { parentCode: '1506', limit: 1, cursor } },
      anonymous,
    );
    expect(second.items[0]?.areaPath).toBe('/1506/150603/');
    expect(second.nextCursor).toBeNull();
  });

  it('are found by level and by how their code begins', async () => {
    const codes = async (query: object) =>
      (await house.call(routes.listAreas, { query }, anonymous)).items.map(({ code }) => code);
    expect(await codes({ search: '150602001' })).toEqual(['150602001', '150602001001']);
    expect(await codes({ level: 'banner' })).toEqual(['150602', '150603']);
    expect(await codes({ search: '康巴什' })).toEqual(['150603']);
    expect(await codes({ state: 'merged' })).toEqual([]);
  });

  it('refuse a row whose parent is nowhere, and change nothing', async () => {
    const areas = [{ code: '159999', name: '无根', level: 'banner' as const, parentCode: '1599' }];
    await expect(
      house.call(routes.importAreas, { body: { areas } }, administrator),
    ).rejects.toMatchObject({
      document: { status: 422, errors: [{ pointer: '/areas/0/parentCode' }] },
    });
    await expect(
      house.call(routes.readArea, { params: { code: '159999' } }, anonymous),
    ).rejects.toMatchObject({ slug: 'not-found' });
  });
});

describe('a programme', () => {
  it('takes in the subjects under its area, and there is one for an area', async () => {
    const before = await house.call(routes.createSubject, { body: newSubject() }, officer);
    expect(before.programmeId).toBeNull();
    const body = { areaCode: '150603', name: '康巴什品德积分' };
    const programme = await house.call(routes.startProgramme, { body }, administrator);
    const after = await house.call(
      routes.readSubject,
      { params: { id: before.id } },
      serviceAs('codes'),
    );
    expect(after.programmeId).toBe(programme.id);
    await expect(house.call(routes.startProgramme, { body }, administrator)).rejects.toMatchObject({
      slug: 'programme-in-force',
    });
  });
});

describe('subjects', () => {
  it('are registered once for one key, and shown in their area only', async () => {
    const key = newId();
    const body = newSubject();
    const [a, b] = await Promise.all([
      house.call(routes.createSubject, { body }, officer, key),
      house.call(routes.createSubject, { body }, officer, key),
    ]);
    expect(a.id).toBe(b.id);
    const seen = await house.call(routes.listSubjects, { query: { search: '乌兰' } }, officer);
    expect(seen.items.map((subject) => subject.id)).toContain(a.id);
    const elsewhere = await house.call(routes.listSubjects, {}, stranger);
    expect(elsewhere.items).toEqual([]);
  });

  it('are refused in a foreign area, and for a key used with other content', async () => {
    await expect(
      house.call(routes.createSubject, { body: newSubject() }, stranger),
    ).rejects.toMatchObject({ document: { status: 404 } });
    const key = newId();
    await house.call(routes.createSubject, { body: newSubject() }, officer, key);
    await expect(
      house.call(routes.createSubject, { body: newSubject() }, officer, key),
    ).rejects.toMatchObject({ slug: 'idempotency-key-reused' });
  });
});

it('ends posts and takes the name off subjects when a person is erased', async () => {
  const body = newSubject();
  const subject = await house.call(routes.createSubject, { body }, officer);
  const post = await house.call(
    routes.createPost,
    {
      body: {
        personId: body.personId,
        role: 'grid-worker',
        unitId: null,
        areaCode: '150603001',
        fromOn: '2026-01-01',
        toOn: null,
      },
    },
    officer,
  );
  const delivery = {
    eventId: newId(),
    eventName: personErased.name,
    producer: 'identity',
    payload: { personId: body.personId },
    requestId: 'test-request',
  };
  await house.deliver('directory', delivery);
  await house.deliver('directory', delivery);
  const service = serviceAs('codes');
  const closed = await eventually(async () => {
    const read = await house.call(routes.readSubject, { params: { id: subject.id } }, service);
    return read.isActive ? null : read;
  });
  expect(closed).toMatchObject({ name: '已注销', personId: null });
  const ended = await house.call(routes.readPost, { params: { id: post.id } }, service);
  expect(ended.toOn).not.toBeNull();
});
