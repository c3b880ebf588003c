import { civilDateOf } from '@ddp/calendar/civil-date';
import { personErased } from '@ddp/contracts/identity/events';
import {
  publicationNamed,
  publicationRequested,
  publicationWithdrawn,
} from '@ddp/contracts/notices/events';
import * as routes from '@ddp/contracts/notices/routes';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { anonymous, personAs } from '@ddp/testing/principals';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listGone } from '../src/store/gone.ts';
import { type House, openHouse } from './house.ts';

// A Wednesday before a week without a holiday.
const startAt = new Date('2026-11-18T02:00:00.000Z');
const dayMs = 86_400_000;

let house: House;
beforeEach(async () => {
  house = await openHouse({ startAt });
});
afterEach(async () => {
  await house?.stop();
});

const areaPath = '/1506/150603/';
const proposer = personAs('community-officer', { areaPaths: [areaPath] });
const approver = personAs('banner-officer', { areaPaths: [areaPath] });
const officer = personAs('banner-officer', { areaPaths: [areaPath] });
const newResident = () => {
  const personId = house.newPerson({ areaPath, phone: null });
  return personAs('resident', { personId, areaPaths: [areaPath] });
};

const read = (id: string) => house.call(routes.readEntry, { params: { id } }, anonymous);
const listed = async (id: string) => {
  const { items } = await house.call(routes.listEntries, { query: { limit: 100 } }, anonymous);
  return items.some((entry) => entry.id === id);
};

function ask(entryId: string, workingDays = 5, namedAs: string | null = null) {
  return house.tell(publicationRequested, {
    ...{ entryId, subjectRef: `award:${entryId}`, areaPath, workingDays },
    ...{ authorPersonId: proposer.personId, excludedPersonIds: [approver.personId] },
    ...{ title: '加分公示', text: '好人好事，拟加 50 分', namedAs, namingVersion: 1 },
  });
}

/** An entry that a service asked for, once it is up. */
async function posted(workingDays = 5): Promise<string> {
  const entryId = newId();
  await ask(entryId, workingDays);
  await eventually(() => read(entryId).catch(() => null));
  return entryId;
}

const object = (id: string, principal = newResident()) =>
  house.call(routes.submitObjection, { params: { id }, body: { text: '情况不属实' } }, principal);
const answer = (id: string, verdict: 'upheld' | 'rejected', principal = officer) =>
  house.call(
    routes.answerObjection,
    { params: { id }, body: { verdict, answer: '已核实' } },
    principal,
  );
const told = async (id: string) => (await house.toldOf(id)).map((one) => one.told);
const endingsOf = async (id: string) =>
  (await house.toldOf(id))
    .filter((one) => one.told === 'entry-closed')
    .map(({ payload }) => payload.outcome);
const closed = (id: string) => eventually(async () => (await read(id)).state !== 'published');

/** An entry of staff for today alone. */
async function postedForToday(): Promise<string> {
  const today = civilDateOf(house.clock.now());
  const words = { areaCode: '150603', title: '一日公示', text: '测试' };
  const body = { ...words, fromOn: today, toOn: today };
  return (await house.call(routes.publishEntry, { body }, officer)).id;
}

/** Lets a day pass and the sweep look at everything that is due then. */
async function nextDay(): Promise<void> {
  const id = await postedForToday();
  house.clock.advanceMs(dayMs);
  await closed(id);
}

describe('an entry that a service asked for', () => {
  it('is up from the day it is handled to the end of the last working day, once', async () => {
    const entryId = newId();
    await ask(entryId);
    await ask(entryId, 1);
    const entry = await eventually(() => read(entryId).catch(() => null));
    expect(entry).toMatchObject({ fromOn: '2026-11-18', toOn: '2026-11-25', state: 'published' });
    const { reference, fromOn, toOn } = entry;
    const payload = { entryId, subjectRef: `award:${entryId}`, reference, fromOn, toOn };
    await nextDay();
    expect(await house.toldOf(entryId)).toEqual([{ told: 'entry-posted', payload }]);
    expect(JSON.stringify(await read(entryId))).not.toContain('award:');
  });

  it('closes unopposed after its whole period, once, and not a moment before', async () => {
    const entryId = await posted(1);
    expect((await read(entryId)).toOn).toBe('2026-11-19');
    // To the last minute of its last day in Shanghai, when the sweep closes what ended before.
    const shorter = await postedForToday();
    const left = new Date('2026-11-19T15:59:00.000Z').getTime() - house.clock.now().getTime();
    house.clock.advanceMs(left);
    await closed(shorter);
    expect(await read(entryId)).toMatchObject({ state: 'published', outcome: null });
    expect((await object(entryId)).state).toBe('open');
    const other = await house.call(routes.listObjections, { params: { id: entryId } }, officer);
    await answer(other.items[0]?.id ?? '', 'rejected');
    house.clock.advanceMs(61_000);
    await closed(entryId);
    expect(await read(entryId)).toMatchObject({ state: 'closed', outcome: 'objections-rejected' });
    expect(await listed(entryId)).toBe(true);
    expect(await told(entryId)).toEqual([
      ...['entry-posted', 'objection-submitted', 'objection-answered', 'entry-closed'],
    ]);
    expect(await house.broken()).toEqual([]);
  });

  it('waits for the answer to every objection before it closes', async () => {
    const entryId = await posted(1);
    const first = await object(entryId);
    const second = await object(entryId);
    house.clock.advanceMs(2 * dayMs);
    await answer(first.id, 'rejected');
    await expect(object(entryId)).rejects.toMatchObject({ slug: 'not-on-board' });
    await nextDay();
    expect(await endingsOf(entryId)).toEqual([]);
    await answer(second.id, 'rejected');
    await closed(entryId);
    expect(await endingsOf(entryId)).toEqual(['objections-rejected']);
    const payloads = (await house.toldOf(entryId)).map(({ payload }) => payload.verdict);
    expect(payloads.filter(Boolean)).toEqual(['rejected', 'rejected']);
  });

  it('comes down at once when an objection is upheld, whatever else is open', async () => {
    const entryId = await posted();
    const first = await object(entryId);
    const second = await object(entryId);
    await answer(first.id, 'upheld');
    expect(await read(entryId)).toMatchObject({ state: 'closed', outcome: 'objection-upheld' });
    expect(await listed(entryId)).toBe(false);
    await expect(object(entryId)).rejects.toMatchObject({ slug: 'not-on-board' });
    // Who objected too still gets an answer, which changes nothing about how it ended.
    await answer(second.id, 'upheld');
    const input = { params: { id: entryId }, body: { reason: '信息有误' } };
    await expect(house.call(routes.withdrawEntry, input, officer)).rejects.toMatchObject({
      slug: 'conflict',
    });
    house.clock.advanceMs(10 * dayMs);
    await nextDay();
    expect(await endingsOf(entryId)).toEqual(['objection-upheld']);
    expect(await house.broken()).toEqual([]);
  });

  it('is withdrawn by staff or by the service that asked, and tells so once', async () => {
    const [byStaff, byService] = [await posted(), await posted()];
    const input = { params: { id: byStaff }, body: { reason: '信息有误' } };
    await house.call(routes.withdrawEntry, input, officer);
    const subjectRef = `award:${byService}`;
    const taken = { entryId: byService, subjectRef, reason: '已撤回' };
    await house.tell(publicationWithdrawn, taken);
    await house.tell(publicationWithdrawn, taken);
    await closed(byService);
    expect(await read(byService)).toMatchObject({
      outcome: 'withdrawn',
      withdrawalReason: '已撤回',
    });
    for (const id of [byStaff, byService]) expect(await endingsOf(id)).toEqual(['withdrawn']);
    expect(await house.broken()).toEqual([]);
  });

  it('is taken back also where the asking comes after the taking back', async () => {
    const entryId = newId();
    const subjectRef = `award:${entryId}`;
    await house.tell(publicationWithdrawn, { entryId, subjectRef, reason: '已撤回' });
    await ask(entryId);
    await eventually(async () => (await endingsOf(entryId)).length > 0);
    expect(await endingsOf(entryId)).toEqual(['withdrawn']);
  });

  it('is answered for by nobody who proposed or approved what it tells', async () => {
    const { id } = await object(await posted());
    for (const party of [{ ...proposer, role: 'banner-officer' as const }, approver]) {
      await expect(answer(id, 'rejected', party)).rejects.toMatchObject({ slug: 'own-entry' });
    }
    expect((await answer(id, 'rejected')).state).toBe('rejected');
  });
});

it('tells no service of an entry that staff put up', async () => {
  const body = { areaCode: '150603', title: '公示', text: '测试' };
  const period = { fromOn: '2026-11-18', toOn: '2026-11-20' };
  const entry = await house.call(routes.publishEntry, { body: { ...body, ...period } }, approver);
  const { id } = await object(entry.id);
  await answer(id, 'upheld');
  expect(await house.toldOf(entry.id)).toEqual([]);
});

describe('objecting and closing at once', () => {
  it('never leaves an objection open on an entry that closed as unopposed', async () => {
    const entryId = await posted(1);
    const residents = Array.from({ length: 12 }, () => newResident());
    const left = new Date('2026-11-19T15:59:59.700Z').getTime() - house.clock.now().getTime();
    house.clock.advanceMs(left);
    const outcomes = await Promise.allSettled(residents.map((one) => object(entryId, one)));
    const taken = outcomes.filter((one) => one.status === 'fulfilled').length;
    const { items } = await house.call(routes.listObjections, { params: { id: entryId } }, officer);
    expect(items).toHaveLength(taken);
    for (const { id } of items) await answer(id, 'rejected');
    await closed(entryId);
    const outcome = taken === 0 ? 'unopposed' : 'objections-rejected';
    expect(await endingsOf(entryId)).toEqual([outcome]);
    expect(await house.broken()).toEqual([]);
  });

  it('ends an entry once when upholding and withdrawing race', async () => {
    const entryId = await posted();
    const { id } = await object(entryId);
    const input = { params: { id: entryId }, body: { reason: '信息有误' } };
    await Promise.allSettled([
      answer(id, 'upheld'),
      house.call(routes.withdrawEntry, input, officer),
    ]);
    expect(await endingsOf(entryId)).toHaveLength(1);
    expect(await house.broken()).toEqual([]);
  });
});

describe('the audit of the board', () => {
  it.each([
    ['says how it ended', `UPDATE notices_entry SET closed_at = NULL`],
    ['stood its whole period', `UPDATE notices_entry SET created_at = created_at + INTERVAL 2 DAY`],
    ['stood its whole period', `UPDATE notices_entry SET to_on = to_on + INTERVAL 3 DAY`],
    ['follows from its objections', `UPDATE notices_entry SET outcome = 'unopposed'`],
    ['follows from its objections', `UPDATE notices_entry SET open_objections = 1`],
    ['follows from its objections', `UPDATE notices_objection SET state = 'upheld'`],
    [
      'had no part in it',
      `INSERT INTO notices_excluded SELECT entry_id, answered_by
      FROM notices_objection`,
    ],
  ])('names an entry that no longer %s', async (name, statement) => {
    const entryId = await posted(1);
    await answer((await object(entryId)).id, 'rejected');
    house.clock.advanceMs(2 * dayMs);
    await closed(entryId);
    expect(await house.broken()).toEqual([]);
    await sql([statement] as unknown as TemplateStringsArray).execute(house.db);
    expect((await house.broken()).join()).toContain(name);
  });
});

describe('the name of a person', () => {
  const name = (entryId: string, namedAs: string | null, namingVersion: number) =>
    house.tell(publicationNamed, {
      entryId,
      subjectRef: `award:${entryId}`,
      namedAs,
      namingVersion,
    });
  const named = async (entryId: string) => {
    await ask(entryId, 5, '乌某');
    await eventually(() => read(entryId).catch(() => null));
  };

  it('is what they said last, in whatever order it comes, also before the entry', async () => {
    const entryId = newId();
    await name(entryId, '阿乌', 2);
    await name(entryId, null, 3);
    await named(entryId);
    await eventually(async () => (await read(entryId)).namedAs === null);
    await name(entryId, '阿乌', 2);
    await name(entryId, '小乌', 4);
    await eventually(async () => (await read(entryId)).namedAs === '小乌');
    await name(entryId, null, 5);
    await eventually(async () => (await read(entryId)).namedAs === null);
  });

  it('goes when the entry ends, and is not shown after its last day', async () => {
    const withdrawn = newId();
    await named(withdrawn);
    expect((await read(withdrawn)).namedAs).toBe('乌某');
    await house.tell(publicationWithdrawn, {
      entryId: withdrawn,
      subjectRef: `award:${withdrawn}`,
      reason: '已撤回',
    });
    await eventually(async () => (await read(withdrawn)).state === 'withdrawn');
    await name(withdrawn, '乌某', 9);
    expect((await read(withdrawn)).namedAs).toBeNull();
    const objected = newId();
    await named(objected);
    const objection = { params: { id: objected }, body: { text: '情况不属实' } };
    await house.call(routes.submitObjection, objection, newResident());
    house.clock.advanceMs(20 * 86_400_000);
    expect(await read(objected)).toMatchObject({ state: 'published', namedAs: null });
  });
});

it('puts up what comes after an erasure without whoever was erased', async () => {
  const entryId = newId();
  const left = [proposer, approver].map(({ personId }) => personId);
  for (const personId of left) await house.tell(personErased, { personId });
  await eventually(async () => (await listGone(house.db, left)).length === left.length);
  await ask(entryId);
  await eventually(() => read(entryId).catch(() => null));
  const { rows } = await sql`SELECT 1 FROM notices_entry WHERE id = ${idToBinary(entryId)}
    AND author_id IS NOT NULL UNION ALL SELECT 1 FROM notices_excluded
    WHERE entry_id = ${idToBinary(entryId)}`.execute(house.db);
  expect(rows).toEqual([]);
  expect(await house.broken()).toEqual([]);
});
