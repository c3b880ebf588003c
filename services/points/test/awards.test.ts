import { awardPoints } from '@ddp/contracts/points/award-routes';
import { readMyStatement, readStatement } from '@ddp/contracts/points/routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

const hourMs = 3_600_000;
const evidence = '组织邻里议事，有签到表';
const officer = () => house.officer;

describe('a rating', () => {
  it('gives standing at once and a point after a day, once however often it is told', async () => {
    const resident = await house.joined();
    const ratingId = newId();
    await house.rated(resident, '2026-11-24', ratingId);
    await house.rated(resident, '2026-11-24', ratingId);
    await house.digested();
    expect(await house.letters()).toBe(0);
    expect(await house.balance(resident)).toMatchObject({ points: 0, maturing: 1 });
    house.clock.advanceMs(25 * hourMs);
    await eventually(async () => (await house.balance(resident)).points === 1);
    expect(await house.balance(resident)).toMatchObject({ standing: 1, maturing: 0 });
    expect(await house.kinds(resident)).toEqual(['maturity', 'award']);
  });

  it('earns three times a day, and the fourth is free of charge', async () => {
    const resident = await house.joined();
    for (let time = 0; time < 5; time += 1) await house.rated(resident, '2026-11-20');
    await house.rated(resident, '2026-11-21');
    await house.digested();
    expect((await house.balance(resident)).standing).toBe(4);
    expect(await house.audit()).toEqual([]);
  });

  it('earns nothing for who does not take part', async () => {
    const stranger = personAs('resident', { programmeId: house.programmeId });
    await house.rated(stranger, '2026-11-24');
    const resident = await house.joined();
    await house.rated(resident, '2026-11-24');
    await eventually(async () => (await house.balance(resident)).standing === 1);
    await expect(house.balance(stranger)).rejects.toMatchObject({ slug: 'not-participating' });
  });
});

describe('an award by staff', () => {
  it('moves both meters and explains itself to the resident and to staff', async () => {
    const resident = await house.joined();
    const { personId } = resident;
    const body = { personId, rule: 'activity' as const, evidence };
    const award = await house.call(awardPoints, { body }, house.officer);
    expect(award).toMatchObject({ amountPoints: 5, rule: 'activity', ruleVersion: 1 });
    expect(await house.balance(resident)).toMatchObject({ standing: 5, points: 5, maturing: 0 });
    const own = await house.call(readMyStatement, {}, resident);
    expect(own.items[0]).toMatchObject({
      kind: 'award',
      standingChange: 5,
      pointsChange: 5,
      rule: 'activity',
      ruleVersion: 1,
      why: '参加活动：品德值加 5，可用积分加 5',
      evidence,
      decidedBy: '社区工作人员',
    });
    expect(own.items[0]?.appeal).toContain('15 日内');
    const params = { id: personId };
    const query = { language: 'en' as const };
    const seen = await house.call(readStatement, { params, query }, house.officer);
    expect(seen.items[0]?.decidedBy).toBe('Community officer');
  });

  it('has one effect for one key sent a hundred times in parallel', async () => {
    const resident = await house.joined();
    const body = { personId: resident.personId, rule: 'mediation' as const, evidence };
    const key = newId();
    const send = () => house.call(awardPoints, { body }, house.officer, key);
    const answers = await Promise.all(Array.from({ length: 100 }, send));
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await house.balance(resident)).toMatchObject({ standing: 20, points: 20 });
    const other = { ...body, rule: 'meeting' as const };
    await expect(
      house.call(awardPoints, { body: other }, house.officer, key),
    ).rejects.toMatchObject({ slug: 'idempotency-key-reused' });
  });

  it('is another award for the same key of another officer', async () => {
    const resident = await house.joined();
    const body = { personId: resident.personId, rule: 'activity', evidence };
    const key = newId();
    const first = await house.call(awardPoints, { body }, house.officer, key);
    const colleague = personAs('community-officer', {
      areaPaths: ['/1506/150603/'],
      programmeId: house.programmeId,
    });
    const second = await house.call(awardPoints, { body }, colleague, key);
    expect(second.id).not.toBe(first.id);
    expect(await house.balance(resident)).toMatchObject({ standing: 10, points: 10 });
  });

  it('is refused beyond the day’s cap, even in parallel, and works again the next day', async () => {
    const resident = await house.joined();
    const body = { personId: resident.personId, rule: 'meeting' as const, evidence };
    const send = () => house.call(awardPoints, { body }, house.officer);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, send));
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.slug] : []));
    expect(refused).toEqual(Array(6).fill('cap-reached'));
    expect(await house.balance(resident)).toMatchObject({ standing: 4, points: 4 });
    house.clock.advanceMs(24 * hourMs);
    await send();
    expect(await house.balance(resident)).toMatchObject({ standing: 6, points: 6 });
    expect(await house.audit()).toEqual([]);
  });

  it('says which cap refuses it', async () => {
    const resident = await house.joined();
    await house.enrich(resident, 2);
    await expect(house.enrich(resident)).rejects.toMatchObject({
      document: { status: 409, cap: 'rule-day', detail: '此人当日按该规则的次数已满' },
    });
  });

  it('follows from who gave an honour, and waits for nobody below the threshold', async () => {
    const resident = await house.joined();
    const { personId } = resident;
    const honour = (fields: object) =>
      house.call(
        awardPoints,
        { body: { personId, rule: 'honour', evidence, ...fields } },
        officer(),
      );
    expect(await honour({ option: 'township' })).toMatchObject({ amountPoints: 30 });
    expect(await honour({ option: 'banner' })).toMatchObject({
      amountPoints: 50,
      state: 'proposed',
      awardedAt: null,
    });
    for (const fields of [{}, { option: 'galaxy' }]) {
      await expect(honour(fields)).rejects.toMatchObject({
        document: { status: 400, errors: [{ pointer: '/option' }] },
      });
    }
    await expect(honour({ option: 'township', points: 30 })).rejects.toMatchObject({
      document: { status: 400, errors: [{ pointer: '/points' }] },
    });
    expect(await house.balance(resident)).toMatchObject({ standing: 30 });
  });

  it('goes by a rule that staff may use, within its range', async () => {
    const { personId } = await house.joined();
    const give = (fields: { rule: string; points?: number }) =>
      house.call(awardPoints, { body: { personId, evidence, ...fields } }, officer());
    for (const rule of ['rating', 'volunteering', 'no-such-rule']) {
      await expect(give({ rule })).rejects.toMatchObject({ slug: 'rule-not-in-force' });
    }
    for (const points of [19, 51]) {
      await expect(give({ rule: 'good-deed', points })).rejects.toMatchObject({
        document: { status: 400, errors: [{ pointer: '/points' }] },
      });
    }
    expect(await give({ rule: 'good-deed', points: 20 })).toMatchObject({ state: 'proposed' });
    const unproven = { personId, rule: 'activity' };
    await expect(house.call(awardPoints, { body: unproven }, officer())).rejects.toMatchObject({
      document: { status: 400, errors: [{ pointer: '/evidence' }] },
    });
  });

  it('never goes to oneself, to a foreign area, or without evidence', async () => {
    const resident = await house.joined();
    const give = (personId: string, principal = house.officer, words = evidence) =>
      house.call(awardPoints, { body: { personId, rule: 'activity', evidence: words } }, principal);
    await expect(give(house.officer.personId)).rejects.toMatchObject({ slug: 'self-award' });
    const elsewhere = personAs('community-officer', {
      areaPaths: ['/1506/150602/'],
      programmeId: house.programmeId,
    });
    await expect(give(resident.personId, elsewhere)).rejects.toMatchObject({
      slug: 'not-participating',
    });
    await expect(give(resident.personId, house.officer, '')).rejects.toMatchObject({
      document: { status: 400, errors: [{ pointer: '/evidence' }] },
    });
    expect(await house.balance(resident)).toMatchObject({ standing: 0, points: 0 });
    const params = { id: resident.personId };
    await expect(house.call(readStatement, { params }, elsewhere)).rejects.toMatchObject({
      document: { status: 404 },
    });
  });
});

it('gives a statement page by page, each line once', async () => {
  const resident = await house.joined();
  await house.enrich(resident, 2);
  const { personId } = resident;
  const body = { personId, rule: 'activity' as const, evidence };
  await house.call(awardPoints, { body }, house.officer);
  const seen: number[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 1, ...(cursor ? { cursor } : {}) };
    const page = await house.call(readMyStatement, { query }, resident);
    seen.push(...page.items.map((line) => line.pointsChange));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual([5, 20, 20]);
});
