import { personErased } from '@ddp/contracts/identity/events';
import { awardPoints, readAward } from '@ddp/contracts/points/award-routes';
import {
  appealReversal,
  decideReversal,
  liftReversal,
  listMyReversals,
  listReversals,
  noticeReversal,
  recordAppeal,
} from '@ddp/contracts/points/reversal-routes';
import { postHold, readMyStatement } from '@ddp/contracts/points/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
let other: PersonPrincipal;
let third: PersonPrincipal;
const officerOf = (programmeId: string) =>
  personAs('community-officer', { areaPaths: ['/1506/150603/'], programmeId });
beforeAll(async () => {
  house = await openHouse();
  other = officerOf(house.programmeId);
  third = officerOf(house.programmeId);
});
afterAll(() => house?.stop());

const dayMs = 86_400_000;
const body = { reason: 'mistaken' as const, evidence: '登记错人，签到表为证' };
const award = async (resident: PersonPrincipal, rule = 'mediation') => {
  const terms = { personId: resident.personId, rule, evidence: '调解楼道纠纷' };
  return (await house.call(awardPoints, { body: terms }, house.officer)).id;
};
const notice = (awardId: string, by = house.officer, key = newId()) =>
  house.call(noticeReversal, { params: { id: awardId }, body }, by, key);
const appeal = (id: string, resident: PersonPrincipal) =>
  house.call(appealReversal, { params: { id }, body: { text: '当天我在场' } }, resident);
const lift = (id: string, by: PersonPrincipal) =>
  house.call(liftReversal, { params: { id }, body: { reason: '核对有误，撤回' } }, by);
const decide = (id: string, verdict: 'reversed' | 'lifted', by = other) =>
  house.call(decideReversal, { params: { id }, body: { verdict, reason: '核对了签到表' } }, by);
const passAppeal = () => house.clock.advanceMs(16 * dayMs);

describe('a reversal', () => {
  it('takes nothing for fifteen days, then standing in full and the points that are left', async () => {
    const resident = await house.joined();
    const awardId = await award(resident);
    const hold = await house.hold(resident, 15);
    await house.call(postHold, { params: { id: hold.id } }, house.rewards);
    const { id, state, appealUntil } = await notice(awardId);
    expect(state).toBe('noticed');
    expect(Date.parse(appealUntil) - house.clock.now().getTime()).toBeGreaterThan(15 * dayMs);
    expect(await house.balance(resident)).toMatchObject({ standing: 20, points: 5 });
    passAppeal();
    await eventually(async () => (await house.balance(resident)).standing === 0);
    expect(await house.balance(resident)).toMatchObject({ standing: 0, points: 0, lots: [] });
    const mine = await house.call(listMyReversals, {}, resident);
    expect(mine.items).toMatchObject([{ id, state: 'reversed', decision: null }]);
    const { items } = await house.call(readMyStatement, {}, resident);
    expect(items[0]).toMatchObject({
      kind: 'reversal',
      standingChange: -20,
      pointsChange: -5,
      evidence: body.evidence,
    });
    const written = await house.sql(
      'SELECT debits_posted AS lost FROM points_ledger_account WHERE code = 7',
    );
    expect(written.map((row) => Number(row.lost))).toContain(15);
    expect(await house.audit()).toEqual([]);
  });

  it('takes points that still wait from where they wait', async () => {
    const resident = await house.joined();
    await house.rated(resident, '2026-11-24');
    await eventually(async () => (await house.balance(resident)).maturing === 1);
    const [row] = await house.sql(
      'SELECT HEX(id) AS id FROM points_award WHERE state = ?',
      'maturing',
    );
    const hex = String(row?.id).toLowerCase();
    const awardId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const { id } = await notice(awardId);
    await appeal(id, resident);
    await decide(id, 'reversed');
    expect(await house.balance(resident)).toMatchObject({ standing: 0, points: 0, maturing: 0 });
    expect(await house.audit()).toEqual([]);
  });

  it('happens once, for one key, for one award, and only to what was granted', async () => {
    const resident = await house.joined();
    const awardId = await award(resident);
    const key = newId();
    const sent = await Promise.all(
      Array.from({ length: 10 }, () => notice(awardId, house.officer, key)),
    );
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    await expect(notice(awardId)).rejects.toMatchObject({ slug: 'award-not-reversible' });
    const terms = {
      personId: resident.personId,
      rule: 'good-deed',
      points: 20,
      evidence: '拾金不昧',
    };
    const waiting = await house.call(awardPoints, { body: terms }, house.officer);
    await expect(notice(waiting.id)).rejects.toMatchObject({ slug: 'award-not-reversible' });
    await expect(notice(newId())).rejects.toMatchObject({ document: { status: 404 } });
  });

  it('keeps a level for ninety days that the lost standing had given', async () => {
    const resident = await house.joined();
    const ids = [];
    for (let day = 0; day < 3; day += 1) {
      ids.push(await award(resident), await award(resident));
      house.clock.advanceMs(dayMs);
    }
    expect(await house.balance(resident)).toMatchObject({ standing: 120, level: { zh: '热心' } });
    for (const id of ids.slice(0, 2)) await notice(id);
    passAppeal();
    await eventually(async () => (await house.balance(resident)).standing === 80);
    const kept = await house.balance(resident);
    expect(kept).toMatchObject({ level: { zh: '热心' }, levelUntil: expect.any(String) });
    await expect(house.hold(resident, 1, { minimumStanding: 100 })).resolves.toBeTruthy();
    house.clock.advanceMs(91 * dayMs);
    expect(await house.balance(resident)).toMatchObject({
      level: { zh: '初心' },
      levelUntil: null,
    });
    expect(await house.audit()).toEqual([]);
  });
});

describe('an appeal', () => {
  it('suspends the reversal for as long as it takes, and somebody else decides', async () => {
    const resident = await house.joined();
    const { id } = await notice(await award(resident));
    expect((await appeal(id, resident)).state).toBe('appealed');
    house.clock.advanceMs(200 * dayMs);
    await expect(decide(id, 'reversed', house.officer)).rejects.toMatchObject({
      slug: 'own-decision',
    });
    expect(await house.balance(resident)).toMatchObject({ standing: 20, points: 20 });
    expect(await decide(id, 'lifted')).toMatchObject({
      state: 'lifted',
      decidedBy: other.personId,
    });
    expect(await house.balance(resident)).toMatchObject({ standing: 20, points: 20 });
    expect(await house.kinds(resident)).toEqual(['reversal-lifted', 'reversal-notice', 'award']);
    await expect(decide(id, 'reversed', third)).rejects.toMatchObject({ slug: 'reversal-ended' });
    expect(await house.audit()).toEqual([]);
  });

  it('comes in time, once, from the person or written down by staff who then cannot decide', async () => {
    const resident = await house.joined();
    const { id } = await notice(await award(resident));
    const stranger = await house.joined();
    await expect(appeal(id, stranger)).rejects.toMatchObject({ document: { status: 404 } });
    await expect(decide(id, 'reversed')).rejects.toMatchObject({ slug: 'not-appealed' });
    const text = '老人来社区口头申诉';
    await house.call(recordAppeal, { params: { id }, body: { text } }, other);
    await expect(appeal(id, resident)).rejects.toMatchObject({ slug: 'appealed-already' });
    await expect(decide(id, 'lifted', other)).rejects.toMatchObject({ slug: 'own-decision' });
    await decide(id, 'reversed', third);
    expect(await house.balance(resident)).toMatchObject({ standing: 0, points: 0 });

    const idle = await openHouse({ DDP_ROLE: 'http' });
    try {
      const late = await idle.joined();
      const terms = { personId: late.personId, rule: 'mediation', evidence: '调解楼道纠纷' };
      const given = await idle.call(awardPoints, { body: terms }, idle.officer);
      const made = { params: { id: given.id }, body };
      const noticed = await idle.call(noticeReversal, made, idle.officer);
      idle.clock.advanceMs(16 * dayMs);
      const words = { params: { id: noticed.id }, body: { text: '迟了一天' } };
      await expect(idle.call(appealReversal, words, late)).rejects.toMatchObject({
        slug: 'appeal-late',
      });
    } finally {
      await idle.stop();
    }
  });
});

it('is out of the hands of who gave the award, and of who wrote the appeal down', async () => {
  const resident = await house.joined();
  const { id } = await notice(await award(resident), other);
  await expect(lift(id, house.officer)).rejects.toMatchObject({ slug: 'own-decision' });
  const text = '老人来社区口头申诉';
  await house.call(recordAppeal, { params: { id }, body: { text } }, third);
  await expect(lift(id, third)).rejects.toMatchObject({ slug: 'appealed-already' });
  for (const by of [house.officer, other, third]) {
    await expect(decide(id, 'lifted', by)).rejects.toMatchObject({ slug: 'own-decision' });
  }
  await decide(id, 'reversed', officerOf(house.programmeId));
  expect(await house.balance(resident)).toMatchObject({ standing: 0, points: 0 });
  expect(await house.audit()).toEqual([]);
});

it('gives no notice against somebody who was erased', async () => {
  const resident = await house.joined();
  const awardId = await award(resident);
  await house.tell(personErased, { personId: resident.personId });
  await eventually(async () => {
    const seen = await house.call(readAward, { params: { id: awardId } }, house.officer);
    return seen.personId === null;
  });
  await expect(notice(awardId)).rejects.toMatchObject({ slug: 'award-not-reversible' });
  expect(await house.audit()).toEqual([]);
});

it('can be lifted by staff before it takes effect, and shows where it stands', async () => {
  const resident = await house.joined();
  const awardId = await award(resident);
  const { id } = await notice(awardId);
  await lift(id, house.officer);
  passAppeal();
  const query = { state: 'lifted' as const, limit: 1 };
  const page = await house.call(listReversals, { query }, house.officer);
  expect(page.items).toMatchObject([{ id, personId: resident.personId }]);
  const { state } = await house.call(readAward, { params: { id: awardId } }, house.officer);
  expect(state).toBe('active');
  expect(await house.balance(resident)).toMatchObject({ standing: 20, points: 20 });
});

it('loses its words and its authors when people are erased, and its figures stay', async () => {
  const resident = await house.joined();
  const { id } = await notice(await award(resident));
  await appeal(id, resident);
  await house.tell(personErased, { personId: resident.personId });
  await house.tell(personErased, { personId: house.officer.personId });
  await house.digested();
  await eventually(async () => (await house.audit()).length === 0);
  const [row] = await house.sql(
    "SELECT evidence, appeal, noticed_by FROM points_reversal WHERE id = UNHEX(REPLACE(?, '-', ''))",
    id,
  );
  expect(row).toEqual({ evidence: null, appeal: null, noticed_by: null });
});
