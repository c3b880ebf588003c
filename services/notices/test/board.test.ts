import { addDays, civilDateOf } from '@ddp/calendar/civil-date';
import { personErased } from '@ddp/contracts/identity/events';
import { publicationRequested } from '@ddp/contracts/notices/events';
import * as routes from '@ddp/contracts/notices/routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { anonymous, personAs } from '@ddp/testing/principals';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

const areaPaths = ['/1506/150603/'];
const author = personAs('banner-officer', { areaPaths });
const colleague = personAs('banner-officer', { areaPaths });
const elsewhere = personAs('banner-officer', { areaPaths: ['/1506/150602/'] });
const newResident = (path = '/1506/150603/150603003/') => {
  const personId = house.newPerson({ areaPath: path, phone: null });
  return personAs('resident', { personId, areaPaths: [path] });
};

const today = () => civilDateOf(house.clock.now());
const newEntry = (days = 5) => ({
  areaCode: '150603',
  title: '见义勇为加分公示',
  text: '滨河街道一居民救助落水者，拟加 50 分。',
  fromOn: today(),
  toOn: addDays(today(), days - 1),
});
const publish = (body = newEntry()) => house.call(routes.publishEntry, { body }, author);
const object = (id: string, principal = newResident(), onBehalfOf: string | null = null) =>
  house.call(
    routes.submitObjection,
    { params: { id }, body: { text: '情况不属实', onBehalfOf } },
    principal,
  );
const answer = (id: string, principal = colleague, key = newId()) =>
  house.call(
    routes.answerObjection,
    { params: { id }, body: { verdict: 'upheld', answer: '已核实' } },
    principal,
    key,
  );

describe('an entry', () => {
  it('is published once for one key, with a number of its own', async () => {
    const key = newId();
    const body = newEntry();
    const [a, b] = await Promise.all([
      house.call(routes.publishEntry, { body }, author, key),
      house.call(routes.publishEntry, { body }, author, key),
    ]);
    expect(a).toEqual(b);
    expect(a.reference).toMatch(/^GS\d{4}-\d{6}$/);
    const more = await Promise.all(Array.from({ length: 6 }, () => publish()));
    expect(new Set(more.map((entry) => entry.reference)).size).toBe(6);
    const listed = await house.call(
      routes.listEntries,
      { query: { areaCode: '150603', limit: 100 } },
      anonymous,
    );
    expect(listed.items.map((entry) => entry.id)).toContain(a.id);
    expect(JSON.stringify(listed)).not.toContain(author.personId);
    const none = await house.call(routes.listEntries, { query: { areaCode: '150602' } }, anonymous);
    expect(none.items).toEqual([]);
  });

  it('is refused with a bad period, in a foreign or unknown area, and to residents', async () => {
    for (const period of [
      { fromOn: addDays(today(), -1) },
      { toOn: addDays(today(), -1) },
      { toOn: addDays(today(), 30) },
    ]) {
      await expect(publish({ ...newEntry(), ...period })).rejects.toMatchObject({
        slug: 'period-invalid',
      });
    }
    await expect(publish({ ...newEntry(), areaCode: '150602' })).rejects.toMatchObject({
      slug: 'not-found',
    });
    await expect(publish({ ...newEntry(), areaCode: '9999' })).rejects.toMatchObject({
      slug: 'unknown-area',
    });
    await expect(
      house.call(routes.publishEntry, { body: newEntry() }, newResident()),
    ).rejects.toMatchObject({ slug: 'forbidden' });
  });

  it('is not shown before its first day, nor listed long after its last', async () => {
    const fromOn = addDays(today(), 2);
    const entry = await publish({ ...newEntry(), fromOn, toOn: fromOn });
    const params = { id: entry.id };
    const listed = async () => {
      const { items } = await house.call(routes.listEntries, { query: { limit: 100 } }, anonymous);
      return items.some((one) => one.id === entry.id);
    };
    await expect(house.call(routes.readEntry, { params }, anonymous)).rejects.toMatchObject({
      slug: 'not-found',
    });
    expect(await listed()).toBe(false);
    house.clock.advanceMs(2 * 86_400_000);
    expect(await listed()).toBe(true);
    house.clock.advanceMs(31 * 86_400_000);
    expect(await listed()).toBe(false);
    expect((await house.call(routes.readEntry, { params }, anonymous)).id).toBe(entry.id);
    await expect(object(entry.id)).rejects.toMatchObject({ slug: 'not-on-board' });
  });

  it('is withdrawn once, by an officer of the area, and stays readable with the reason', async () => {
    const entry = await publish();
    const input = { params: { id: entry.id }, body: { reason: '信息有误' } };
    await expect(house.call(routes.withdrawEntry, input, elsewhere)).rejects.toMatchObject({
      slug: 'not-found',
    });
    await house.call(routes.withdrawEntry, input, colleague);
    await expect(house.call(routes.withdrawEntry, input, colleague)).rejects.toMatchObject({
      slug: 'conflict',
    });
    const read = await house.call(routes.readEntry, { params: { id: entry.id } }, anonymous);
    expect(read).toMatchObject({ state: 'withdrawn', withdrawalReason: '信息有误' });
    await expect(object(entry.id)).rejects.toMatchObject({ slug: 'not-on-board' });
  });

  it('asked for by a service is published once', async () => {
    const entryId = newId();
    await house.tell(publicationRequested, {
      entryId,
      subjectRef: 'award-1',
      namedAs: null,
      namingVersion: 0,
      authorPersonId: author.personId,
      excludedPersonIds: [],
      areaPath: '/1506/150603/',
      title: '加分公示',
      text: '拟加 50 分',
      workingDays: 5,
    });
    const params = { id: entryId };
    const entry = await eventually(() =>
      house.call(routes.readEntry, { params }, anonymous).catch(() => null),
    );
    const objection = await object(entry.id);
    await expect(answer(objection.id, author)).rejects.toMatchObject({ slug: 'own-entry' });
  });
});

describe('an objection', () => {
  it('comes from a resident of the area, once, and reaches the officers', async () => {
    const entry = await publish();
    const resident = newResident();
    const both = await Promise.allSettled([object(entry.id, resident), object(entry.id, resident)]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(object(entry.id, resident)).rejects.toMatchObject({ slug: 'objected-already' });
    await expect(object(entry.id, newResident('/1506/150602/'))).rejects.toMatchObject({
      slug: 'other-area',
    });
    await expect(object(entry.id, colleague)).rejects.toMatchObject({ slug: 'forbidden' });
    const told = await house.call(routes.listMyMessages, {}, colleague);
    expect(told.items[0]).toMatchObject({ template: 'objection-received' });
    expect(told.items[0]?.text).toContain(entry.reference);
    const listed = await house.call(routes.listObjections, { params: { id: entry.id } }, colleague);
    expect(listed.items).toHaveLength(1);
    expect(JSON.stringify(listed)).not.toContain(resident.personId);
    await expect(
      house.call(routes.listObjections, { params: { id: entry.id } }, elsewhere),
    ).rejects.toMatchObject({ slug: 'not-found' });
  });

  it('is written down by staff for somebody of their area, and by nobody else', async () => {
    const entry = await publish();
    const elder = house.newPerson({ areaPath: '/1506/150603/', phone: null });
    const stranger = house.newPerson({ areaPath: '/1506/150602/', phone: null });
    expect((await object(entry.id, colleague, elder)).state).toBe('open');
    await expect(object(entry.id, newResident(), elder)).rejects.toMatchObject({
      slug: 'forbidden',
    });
    await expect(object(entry.id, colleague, stranger)).rejects.toMatchObject({
      slug: 'not-found',
    });
    await expect(object(entry.id, colleague, newId())).rejects.toMatchObject({
      slug: 'unknown-person',
    });
  });

  it('is answered once, by another than the author, and the objector hears of it', async () => {
    const entry = await publish();
    const resident = newResident();
    const { id } = await object(entry.id, resident);
    await expect(answer(id, author)).rejects.toMatchObject({ slug: 'own-entry' });
    await expect(answer(id, elsewhere)).rejects.toMatchObject({ slug: 'not-found' });
    const self = personAs('banner-officer', { areaPaths, personId: resident.personId });
    await expect(answer(id, self)).rejects.toMatchObject({ slug: 'own-objection' });
    const key = newId();
    const [a, b] = await Promise.all([answer(id, colleague, key), answer(id, colleague, key)]);
    expect(a).toEqual(b);
    expect(a).toMatchObject({ state: 'upheld', answer: '已核实' });
    await expect(answer(id)).rejects.toMatchObject({ slug: 'conflict' });
    const { items } = await house.call(routes.listMyMessages, {}, resident);
    expect(items).toHaveLength(1);
    expect(items[0]?.text).toBe(`您对公示 ${entry.reference} 提出的异议已答复，结论：成立。`);
    const own = await house.call(routes.listMyObjections, {}, resident);
    expect(own.items).toMatchObject([{ id, state: 'upheld', answer: '已核实' }]);
    expect((await house.call(routes.listMyObjections, {}, newResident())).items).toEqual([]);
  });

  it('stays without its person when the person is erased', async () => {
    const entry = await publish();
    const resident = newResident();
    await object(entry.id, resident);
    await house.tell(personErased, { personId: resident.personId });
    await eventually(async () => {
      const { rows } = await sql`SELECT id FROM notices_objection
        WHERE person_id = ${Buffer.from(resident.personId.replaceAll('-', ''), 'hex')}`.execute(
        house.db,
      );
      return rows.length === 0;
    });
    const params = { id: entry.id };
    const { items } = await house.call(routes.listObjections, { params }, colleague);
    expect(items).toMatchObject([{ text: '情况不属实' }]);
  });
});

it('shows nobody who objected or wrote an objection down', async () => {
  const entry = await publish();
  const resident = newResident();
  const made = await object(entry.id, colleague, resident.personId);
  const params = { id: entry.id };
  const { items } = await house.call(routes.listObjections, { params }, colleague);
  for (const shown of [made, ...items]) {
    expect(Object.keys(shown).sort()).toEqual([
      'answer',
      'entryId',
      'id',
      'state',
      'submittedAt',
      'text',
    ]);
    expect(JSON.stringify(shown)).not.toContain(colleague.personId);
  }
});

it('forgets who put an entry up once they were erased, and keeps the entry', async () => {
  const leaving = personAs('banner-officer', { areaPaths });
  const fromOn = civilDateOf(house.clock.now());
  const body = { areaCode: '150603', title: '停水通知', text: '明日检修', fromOn };
  const dated = { body: { ...body, toOn: addDays(fromOn, 3) } };
  const { id } = await house.call(routes.publishEntry, dated, leaving);
  await house.tell(personErased, { personId: leaving.personId });
  await eventually(async () => {
    const { rows } = await sql`SELECT id FROM notices_entry
      WHERE author_id = ${Buffer.from(leaving.personId.replaceAll('-', ''), 'hex')}`.execute(
      house.db,
    );
    return rows.length === 0;
  });
  const entry = await house.call(routes.readEntry, { params: { id } }, anonymous);
  expect(entry.title).toBe('停水通知');
});

it('keeps its invariants through all of this', async () => {
  expect(await house.broken()).toEqual([]);
});
