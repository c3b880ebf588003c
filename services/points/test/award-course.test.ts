import {
  entryClosed,
  entryPosted,
  objectionAnswered,
  objectionSubmitted,
} from '@ddp/contracts/notices/events';
import {
  approveAward,
  awardPoints,
  consentToPublicity,
  listAwards,
  listMyAwards,
  readAward,
  readMyPublicity,
  withdrawAward,
  withdrawPublicity,
} from '@ddp/contracts/points/award-routes';
import { leaveProgramme } from '@ddp/contracts/points/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
let approver: PersonPrincipal;
beforeAll(async () => {
  house = await openHouse();
  approver = personAs('community-officer', {
    areaPaths: ['/1506/150603/'],
    programmeId: house.programmeId,
  });
});
afterAll(() => house?.stop());

const evidence = '冰面救起落水儿童，有现场照片';
const propose = (resident: PersonPrincipal, fields = {}, by = house.officer) =>
  house.call(
    awardPoints,
    { body: { personId: resident.personId, rule: 'good-deed', points: 30, evidence, ...fields } },
    by,
  );
const approve = (id: string, by = approver, key = newId()) =>
  house.call(approveAward, { params: { id } }, by, key);
const withdraw = (id: string, by = house.officer) =>
  house.call(withdrawAward, { params: { id }, body: { reason: '重复提出' } }, by);
const read = (id: string) => house.call(readAward, { params: { id } }, house.officer);
const reaches = (id: string, state: string) =>
  eventually(async () => (await read(id)).state === state);

/** What the board tells of the entry of an award. */
function boardOf(entryId: string) {
  const entry = { entryId, subjectRef: `points-award:${entryId}` };
  const period = { reference: 'GS2026-000123', fromOn: '2026-11-24', toOn: '2026-12-01' };
  return {
    post: () => house.tell(entryPosted, { ...entry, ...period }),
    object: (objectionId: string) => house.tell(objectionSubmitted, { ...entry, objectionId }),
    answer: (objectionId: string, verdict: 'upheld' | 'rejected') =>
      house.tell(objectionAnswered, { ...entry, objectionId, verdict, answeredBy: null }),
    close: (outcome: 'unopposed' | 'objections-rejected' | 'objection-upheld' | 'withdrawn') =>
      house.tell(entryClosed, { ...entry, outcome }),
  };
}

/** Events about an entry that left for the board, the oldest first. */
async function askedOfBoard(entryId: string) {
  const rows = await house.sql(
    `SELECT event_name, payload FROM points_outbox WHERE payload LIKE ? ORDER BY id`,
    `%"entryId":"${entryId}"%`,
  );
  return rows.map((row) => {
    const payload = JSON.parse(String(row.payload)) as Record<string, unknown>;
    return {
      name: String(row.event_name).replace('notices.publication-', ''),
      text: String(payload.text ?? ''),
      namedAs: payload.namedAs ?? null,
      version: payload.namingVersion,
    };
  });
}

const onBoard = async (fields = {}) => {
  const resident = await house.joined();
  const { id } = await propose(resident, fields);
  await approve(id);
  await boardOf(id).post();
  await reaches(id, 'published');
  house.clock.advanceMs(9 * 86_400_000);
  return { resident, id, board: boardOf(id) };
};

describe('an award above the thresholds', () => {
  it('moves nothing until another officer agrees and its days on the board are over', async () => {
    const { resident, id, board } = await onBoard();
    expect(await house.balance(resident)).toMatchObject({ standing: 0, points: 0 });
    expect(await read(id)).toMatchObject({
      state: 'published',
      entryReference: 'GS2026-000123',
      approvedBy: approver.personId,
      awardedAt: null,
    });
    const own = await house.call(listMyAwards, {}, resident);
    expect(own.items).toMatchObject([{ id, state: 'published', publishedTo: '2026-12-01' }]);
    await board.close('unopposed');
    await reaches(id, 'active');
    await board.close('unopposed');
    await house.digested();
    expect(await house.balance(resident)).toMatchObject({ standing: 30, points: 30 });
    expect(await house.kinds(resident)).toEqual(['award']);
    expect(await house.audit()).toEqual([]);
  });

  it('is never granted without an entry that closed, however long it waits', async () => {
    const resident = await house.joined();
    const { id } = await propose(resident);
    await approve(id);
    house.clock.advanceMs(400 * 86_400_000);
    await boardOf(id).post();
    await reaches(id, 'published');
    house.clock.advanceMs(400 * 86_400_000);
    await house.tell(entryClosed, {
      entryId: id,
      subjectRef: 'something-else',
      outcome: 'unopposed',
    });
    await house.digested();
    expect((await read(id)).state).toBe('published');
    expect(await house.balance(resident)).toMatchObject({ standing: 0, points: 0 });
  });

  it('waits for word that its entry was up before its end counts', async () => {
    const resident = await house.joined();
    const { id } = await propose(resident);
    await approve(id);
    house.clock.advanceMs(9 * 86_400_000);
    await boardOf(id).close('unopposed');
    await boardOf(id).post();
    await reaches(id, 'active');
    expect((await read(id)).entryReference).toBe('GS2026-000123');
    expect(await house.audit()).toEqual([]);
  });

  it('is approved by somebody else than who proposed it, and not by its own person', async () => {
    const resident = await house.joined();
    const { id } = await propose(resident);
    await expect(approve(id, house.officer)).rejects.toMatchObject({ slug: 'own-proposal' });
    const self = personAs('community-officer', {
      personId: resident.personId,
      areaPaths: ['/1506/150603/'],
      programmeId: house.programmeId,
    });
    await expect(approve(id, self)).rejects.toMatchObject({ slug: 'self-award' });
    const elsewhere = personAs('community-officer', {
      areaPaths: ['/1506/150602/'],
      programmeId: house.programmeId,
    });
    await expect(approve(id, elsewhere)).rejects.toMatchObject({ document: { status: 404 } });
    const gridWorker = personAs('grid-worker', {
      areaPaths: ['/1506/150603/'],
      programmeId: house.programmeId,
    });
    await expect(approve(id, gridWorker)).rejects.toMatchObject({ document: { status: 403 } });
    expect((await read(id)).state).toBe('proposed');
  });

  it('goes to the board once, however often its approval is sent', async () => {
    const resident = await house.joined();
    const { id } = await propose(resident);
    const key = newId();
    await Promise.all(Array.from({ length: 20 }, () => approve(id, approver, key)));
    await expect(approve(id)).rejects.toMatchObject({ slug: 'award-settled' });
    expect((await askedOfBoard(id)).map(({ name }) => name)).toEqual(['requested']);
    const [entry] = await askedOfBoard(id);
    expect(entry?.text).toContain('本社区一位居民因“好人好事”');
  });

  it('waits while an objection is open, in whatever order the board tells it', async () => {
    const { resident, id, board } = await onBoard();
    const [first, second] = [newId(), newId()];
    await board.answer(second, 'rejected');
    await board.object(first);
    await board.object(second);
    await house.digested();
    expect((await read(id)).state).toBe('objected');
    await board.answer(first, 'rejected');
    await reaches(id, 'published');
    await board.close('objections-rejected');
    await reaches(id, 'active');
    expect(await house.balance(resident)).toMatchObject({ standing: 30, points: 30 });
    expect(await house.audit()).toEqual([]);
  });

  it.each(['objection-upheld', 'withdrawn'] as const)(
    'is withdrawn when its entry ends as %s, and the caps get it back',
    async (outcome) => {
      const { resident, id, board } = await onBoard();
      await board.close(outcome);
      await reaches(id, 'withdrawn');
      expect((await read(id)).endReason).toBeTruthy();
      expect(await house.balance(resident)).toMatchObject({ standing: 0, points: 0 });
      expect(await house.audit()).toEqual([]);
      await board.close('unopposed');
      await house.digested();
      expect((await read(id)).state).toBe('withdrawn');
    },
  );

  it('comes off the board when staff withdraws it or the person leaves', async () => {
    const { id } = await onBoard();
    expect(await withdraw(id)).toMatchObject({ state: 'withdrawn', endReason: '重复提出' });
    await expect(withdraw(id)).rejects.toMatchObject({ slug: 'award-settled' });
    expect((await askedOfBoard(id)).map(({ name }) => name)).toEqual(['requested', 'withdrawn']);

    const other = await onBoard();
    await house.call(leaveProgramme, { body: { confirm: 'LEAVE' } }, other.resident);
    expect((await read(other.id)).state).toBe('withdrawn');
    expect((await askedOfBoard(other.id)).at(-1)?.name).toBe('withdrawn');
    expect(await house.audit()).toEqual([]);
  });
});

it('shows staff the awards of their areas by state and person, page by page', async () => {
  const resident = await house.joined();
  const ids = [];
  for (const points of [21, 22, 23]) ids.unshift((await propose(resident, { points })).id);
  const { personId } = resident;
  const query = { personId, state: 'proposed' as const, limit: 2 };
  const page = await house.call(listAwards, { query }, house.officer);
  expect(page.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  const next = { query: { ...query, cursor: page.nextCursor ?? '' } };
  const rest = await house.call(listAwards, next, house.officer);
  expect(rest.items.map(({ id }) => id)).toEqual(ids.slice(2));
  const elsewhere = personAs('auditor', {
    areaPaths: ['/1506/150602/'],
    programmeId: house.programmeId,
  });
  expect((await house.call(listAwards, { query }, elsewhere)).items).toEqual([]);
  await expect(
    house.call(readAward, { params: { id: ids[0] ?? '' } }, elsewhere),
  ).rejects.toMatchObject({ document: { status: 404 } });
});

describe('the board', () => {
  it('names nobody without their own consent, and is told each time it changes', async () => {
    const resident = await house.joined();
    expect(await house.call(readMyPublicity, {}, resident)).toMatchObject({ nickname: null });
    const body = { nickname: '乌某' };
    await house.call(consentToPublicity, { body }, resident);
    const { id } = await propose(resident);
    await approve(id);
    const withdrawal = { body: { confirm: 'WITHDRAW' as const } };
    await house.call(withdrawPublicity, withdrawal, resident);
    await house.call(consentToPublicity, { body: { nickname: '阿乌' } }, resident);
    const asked = await askedOfBoard(id);
    expect(asked.map(({ name, namedAs }) => [name, namedAs])).toEqual([
      ['requested', '乌某'],
      ['named', null],
      ['named', '阿乌'],
    ]);
    const versions = asked.map(({ version }) => Number(version));
    expect(versions).toEqual([...versions].sort());
    expect(new Set(versions).size).toBe(3);
    expect(asked[0]?.text).toContain('一位居民');
  });

  it('tells neither why staff withdrew an award nor that somebody has left', async () => {
    const { id } = await onBoard();
    await withdraw(id);
    const [row] = await house.sql(
      "SELECT payload FROM points_outbox WHERE event_name = 'notices.publication-withdrawn' AND payload LIKE ?",
      `%${id}%`,
    );
    expect(String(row?.payload)).not.toContain('重复提出');
  });

  it('does not hold an award up for want of that consent', async () => {
    const { id, board } = await onBoard();
    await board.close('unopposed');
    await reaches(id, 'active');
    expect((await askedOfBoard(id)).every(({ text }) => text.includes('一位居民'))).toBe(true);
  });
});
