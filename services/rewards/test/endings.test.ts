import { personErased } from '@ddp/contracts/identity/events';
import {
  redemptionHeld,
  redemptionReleased,
  redemptionRequested,
  redemptionReserved,
} from '@ddp/contracts/rewards/events';
import { pauseMerchant } from '@ddp/contracts/rewards/merchant-routes';
import * as routes from '@ddp/contracts/rewards/routes';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expireRedemptions } from '../src/operations/expire-redemptions.ts';
import { tellEnding } from '../src/operations/tell-ending.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ isManual: true });
});
afterAll(() => house?.stop());
afterEach(async () => {
  expect(await house.findBroken()).toEqual([]);
});

const path = [
  ['requested', null],
  ['held', redemptionRequested],
  ['reserved', redemptionHeld],
  ['issued', redemptionReserved],
] as const;
type Stage = (typeof path)[number][0];

/** A redemption that has come as far as a state, and stands still there. */
async function bringTo(stage: Stage) {
  const shop = await house.offer();
  const resident = house.newResident();
  const { id } = await house.redeem(shop.benefit.id, resident);
  for (const [state, event] of path) {
    if (event) await house.step(event, { redemptionId: id });
    if (state === stage) break;
  }
  const seen = await house.read(id, resident);
  expect(seen.state).toBe(stage);
  return { ...shop, resident, redemptionId: id, voucherId: seen.voucherId };
}
type Brought = Awaited<ReturnType<typeof bringTo>>;

/** All that a redemption took is back where it came from. */
async function expectAllBack({ benefit, resident, redemptionId }: Brought) {
  await house.step(redemptionReleased, { redemptionId });
  expect(house.points.people.get(resident.personId)?.points).toBe(100);
  expect(house.points.holds.get(redemptionId)?.state ?? 'voided').toBe('voided');
  const { items } = await house.call(routes.listBenefits, { query: { limit: 100 } }, resident);
  expect(items.find((one) => one.id === benefit.id)?.available).toBe(5);
}

const dayMs = 86_400_000;
const stages = path.map(([state]) => state);

describe.each(stages)('a redemption that is %s', (stage) => {
  it('is cancelled once, and everything goes back', async () => {
    const brought = await bringTo(stage);
    const { redemptionId, resident, voucherId, clerk } = brought;
    const code = voucherId === null ? null : await house.codeOf(voucherId, resident);
    const key = newId();
    const answers = await Promise.all([
      house.cancel(redemptionId, resident, key),
      house.cancel(redemptionId, resident, key),
    ]);
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0].state).toBe('cancelled');
    await expect(house.cancel(redemptionId, resident)).rejects.toMatchObject({
      slug: 'cannot-cancel',
    });
    await expectAllBack(brought);
    const notices = await house.listNotices(resident.personId);
    expect(notices.at(-1)).toBe('redemption-cancelled');
    if (voucherId === null || code === null) return;
    expect(await house.face(voucherId, resident)).toMatchObject({ state: 'cancelled', code: null });
    const refusal = { slug: 'voucher-cancelled' };
    await expect(house.lookUp(code, clerk)).rejects.toMatchObject(refusal);
    await expect(house.verify(code, clerk)).rejects.toMatchObject(refusal);
    const params = { id: voucherId };
    await expect(house.call(routes.readVoucherQr, { params }, resident)).rejects.toMatchObject({
      slug: 'conflict',
    });
  });

  it('ends at its deadline and not before, however often the sweep runs', async () => {
    const brought = await bringTo(stage);
    const { redemptionId, resident, voucherId } = brought;
    const startedAt = house.clock.now();
    const isIssued = stage === 'issued';
    house.clock.advanceMs(isIssued ? 29 * dayMs : dayMs - 60_000);
    await expireRedemptions(house.deps);
    expect((await house.read(redemptionId, resident)).state).toBe(stage);
    house.clock.advanceMs(isIssued ? 2 * dayMs : 120_000);
    if (voucherId !== null) {
      expect(await house.face(voucherId, resident)).toMatchObject({ state: 'expired', code: null });
    }
    await Promise.all([expireRedemptions(house.deps), expireRedemptions(house.deps)]);
    expect((await house.read(redemptionId, resident)).state).toBe('expired');
    await expectAllBack(brought);
    const notices = await house.listNotices(resident.personId);
    expect(notices.at(-1)).toBe(isIssued ? 'voucher-expired' : 'redemption-failed');
    house.clock.setTo(startedAt);
  });

  it('is cancelled and leads to nobody when the person is erased', async () => {
    const brought = await bringTo(stage);
    const { resident, redemptionId, benefit } = brought;
    const eventId = newId();
    const payload = { personId: resident.personId };
    await house.step(personErased, payload, { eventId });
    await house.step(personErased, payload, { eventId });
    await expectAllBack(brought);
    await expect(house.read(redemptionId, resident)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(house.redeem(benefit.id, resident)).rejects.toMatchObject({ slug: 'not-found' });
    expect(await house.listNotices(resident.personId)).not.toContain('redemption-cancelled');
  });
});

it('erasure keeps what was sold, and takes the operator off what was verified', async () => {
  const { benefit, resident, voucherId, clerk } = await bringTo('issued');
  await house.verify(await house.codeOf(voucherId ?? '', resident), clerk);
  await house.step(personErased, { personId: resident.personId });
  await house.step(personErased, { personId: clerk.personId });
  const { rows } = await sql<{ sold: number; used: string }>`
    SELECT b.sold, (SELECT SUM(q.used) FROM rewards_quota q WHERE q.benefit_id = b.id) AS used
    FROM rewards_benefit b WHERE b.id = ${idToBinary(benefit.id)}`.execute(house.db);
  expect(rows.map((row) => [row.sold, Number(row.used)])).toEqual([[1, 1]]);
  for (const personId of [resident.personId, clerk.personId]) {
    for (const [table, column] of [
      ['rewards_redemption', 'person_id'],
      ['rewards_quota', 'person_id'],
      ['rewards_verification', 'operator_id'],
      ['rewards_try', 'subject_id'],
    ] as const) {
      const found = await sql`SELECT 1 FROM ${sql.table(table)}
        WHERE ${sql.ref(column)} = ${idToBinary(personId)}`.execute(house.db);
      expect(found.rows, table).toEqual([]);
    }
    const kept = await sql`SELECT 1 FROM rewards_idempotency
      WHERE scope = ${`person:${personId}`}`.execute(house.db);
    expect(kept.rows).toEqual([]);
  }
});

it('an erasure and requests of the same person in parallel leave nothing behind', async () => {
  const { benefit } = await house.offer({ perPersonPerMonth: 20, stock: 50 });
  const resident = house.newResident();
  await Promise.allSettled([
    ...Array.from({ length: 8 }, () => house.redeem(benefit.id, resident)),
    house.step(personErased, { personId: resident.personId }),
    ...Array.from({ length: 8 }, () => house.redeem(benefit.id, resident)),
  ]);
  const found = await sql`SELECT state FROM rewards_redemption
    WHERE person_id = ${idToBinary(resident.personId)}`.execute(house.db);
  expect(found.rows).toEqual([]);
});

it('cancelling and verifying at once have one winner', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { resident, redemptionId, voucherId, clerk } = await bringTo('issued');
    const code = await house.codeOf(voucherId ?? '', resident);
    const both = await Promise.allSettled([
      house.cancel(redemptionId, resident),
      house.verify(code, clerk),
    ]);
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const { state } = await house.read(redemptionId, resident);
    expect(state).toBe(both[0]?.status === 'fulfilled' ? 'cancelled' : 'verified');
  }
  await eventually(async () => (await house.findBroken()).length === 0);
});

it('a redemption whose merchant is paused before its stock is set aside fails, and all goes back', async () => {
  const { merchant: other } = await house.openShop();
  const body = { reason: '盘点' };
  for (const isChosen of [true, false]) {
    const shop = await house.offer({
      alsoAt: isChosen ? [{ merchantId: other.id, stock: 4 }] : [],
    });
    const resident = house.newResident();
    const chosen = isChosen ? { merchantId: shop.merchant.id } : {};
    const ask = { body: { benefitId: shop.benefit.id, ...chosen } };
    const { id: redemptionId } = await house.call(routes.requestRedemption, ask, resident);
    await house.step(redemptionRequested, { redemptionId });
    await house.call(pauseMerchant, { params: { id: shop.merchant.id }, body }, house.officer);
    await house.step(redemptionHeld, { redemptionId });
    expect(await house.read(redemptionId, resident)).toMatchObject({
      ...{ state: 'failed', failure: 'merchant-paused' },
      failureText: expect.stringContaining('暂停'),
    });
    await house.step(redemptionReleased, { redemptionId });
    expect(house.points.people.get(resident.personId)?.points).toBe(100);
    expect(await house.listNotices(resident.personId)).toEqual(['redemption-failed']);
  }
});

it('tells the holder seven days and one day before the last day, once each', async () => {
  const { resident, voucherId, redemptionId } = await bringTo('issued');
  const startedAt = house.clock.now();
  const told = async () =>
    (await house.listNotices(resident.personId)).filter((one) => one === 'voucher-ending').length;
  const tellTwice = () => Promise.all([tellEnding(house.deps), tellEnding(house.deps)]);
  const face = await house.face(voucherId ?? '', resident);
  const lastDayEnds = Date.parse(face.expiresAt);
  // Nine in the morning, so many days before the last day.
  const noticeAt = (days: number) => lastDayEnds - (days + 1) * dayMs + 9 * 3_600_000;
  for (const [days, count] of [
    [7, 1],
    [1, 2],
  ] as const) {
    house.clock.setTo(new Date(noticeAt(days) - 60_000));
    await tellTwice();
    expect(await told()).toBe(count - 1);
    house.clock.setTo(new Date(noticeAt(days) + 60_000));
    await tellTwice();
    await tellTwice();
    expect(await told()).toBe(count);
  }
  await house.cancel(redemptionId, resident);
  house.clock.setTo(startedAt);
});

it('tells what it missed once, with the days that are left, and nothing of what has ended', async () => {
  const late = await bringTo('issued');
  const ended = await bringTo('issued');
  const startedAt = house.clock.now();
  await house.cancel(ended.redemptionId, ended.resident);
  house.clock.advanceMs(28 * dayMs);
  await tellEnding(house.deps);
  const { rows } = await sql<{ payload: string }>`SELECT payload FROM rewards_outbox
    WHERE payload LIKE '%voucher-ending%' AND payload LIKE ${`%${late.resident.personId}%`}`.execute(
    house.db,
  );
  expect(rows.map(({ payload }) => JSON.parse(payload).params.days)).toEqual([2]);
  expect(await house.listNotices(ended.resident.personId)).not.toContain('voucher-ending');
  house.clock.setTo(startedAt);
});
