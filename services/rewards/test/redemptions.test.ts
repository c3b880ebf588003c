import * as routes from '@ddp/contracts/rewards/routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { anonymous, personAs } from '@ddp/testing/principals';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { programmeId } from './actors.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());
afterEach(async () => {
  expect(await house.findBroken()).toEqual([]);
});

const pointsOf = (personId: string) => house.points.people.get(personId)?.points;
const stockOf = async (id: string) => {
  const { items } = await house.call(routes.listBenefits, { query: { limit: 100 } }, house.officer);
  return items.find((benefit) => benefit.id === id)?.available;
};

it('holds points, reserves stock, issues a voucher; the merchant verifies; points are spent', async () => {
  const { benefit, clerk } = await house.offer({ minimumStanding: 300 });
  const resident = house.newResident({ points: 20, standing: 300 });
  house.names.set(resident.personId, '乌*');
  const asked = await house.redeem(benefit.id, resident);
  expect(asked).toMatchObject({ state: 'requested', voucherId: null, failure: null });
  const { voucherId } = await house.reach(asked.id, resident, 'issued');
  const hold = house.points.holds.get(asked.id);
  expect(hold).toMatchObject({ amountPoints: 8, minimumStanding: 300, programmeId });
  const shown = await house.face(voucherId ?? '', resident);
  expect(shown).toMatchObject({ state: 'issued', benefitTitle: '奶茶一杯', usedAt: null });
  expect(shown.expiresAt).toBe('2026-12-10T16:00:00.000Z');
  expect((hold?.expiresAt ?? '') > shown.expiresAt).toBe(true);
  const code = shown.code ?? '';
  const sight = await house.lookUp(code, clerk);
  expect(sight).toMatchObject({ voucherId, benefitTitle: '奶茶一杯', holder: '乌*' });
  const verified = await house.verify(code, clerk);
  expect(verified).toMatchObject({ voucherId, benefitTitle: '奶茶一杯' });
  await eventually(async () => house.points.holds.get(asked.id)?.state === 'posted');
  expect(await house.read(asked.id, resident)).toMatchObject({ state: 'verified' });
  expect(pointsOf(resident.personId)).toBe(12);
  expect(await stockOf(benefit.id)).toBe(4);
  expect(await house.listNotices(resident.personId)).toEqual([
    'voucher-issued',
    'voucher-verified',
  ]);
  await expect(house.cancel(asked.id, resident)).rejects.toMatchObject({ slug: 'cannot-cancel' });
  const seen = await house.call(routes.listVerifications, {}, clerk);
  expect(seen.items).toEqual([verified]);
});

describe('a refusal by points', () => {
  it.each([
    ['insufficient-points', { points: 7, standing: 0 }, '积分不足'],
    ['level-too-low', { points: 100, standing: -1 }, '等级还不够'],
    ['not-participating', null, '尚未加入品德积分'],
  ])('%s ends the redemption and gives stock and quota back', async (slug, account, words) => {
    const { benefit } = await house.offer();
    const resident = house.newResident(account ?? undefined);
    if (account === null) house.points.people.delete(resident.personId);
    const { id } = await house.redeem(benefit.id, resident);
    const failed = await house.reach(id, resident, 'failed');
    expect(failed).toMatchObject({ failure: slug, failureText: words, voucherId: null });
    expect(await stockOf(benefit.id)).toBe(5);
    expect(await house.listNotices(resident.personId)).toEqual(['redemption-failed']);
    house.points.people.set(resident.personId, { points: 100, standing: 0 });
    const again = await house.redeem(benefit.id, resident);
    await house.reach(again.id, resident, 'issued');
  });
});

describe('a request', () => {
  it('is one for one key, a hundred times in parallel', async () => {
    const { benefit } = await house.offer({ perPersonPerMonth: 100 });
    const resident = house.newResident();
    const key = newId();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => house.redeem(benefit.id, resident, key)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const { items } = await house.call(routes.listMyRedemptions, {}, resident);
    expect(items).toHaveLength(1);
    const other = await house.offer();
    await expect(house.redeem(other.benefit.id, resident, key)).rejects.toMatchObject({
      slug: 'idempotency-key-reused',
    });
  });

  it('is limited for a person and month, also in parallel, and again possible next month', async () => {
    const { benefit } = await house.offer({ perPersonPerMonth: 2 });
    const resident = house.newResident();
    const tries = await Promise.allSettled(
      Array.from({ length: 6 }, () => house.redeem(benefit.id, resident)),
    );
    const done = tries.filter((one) => one.status === 'fulfilled');
    expect(done).toHaveLength(2);
    await expect(house.redeem(benefit.id, resident)).rejects.toMatchObject({
      slug: 'limit-reached',
    });
    for (const one of done) await house.reach(one.value.id, resident, 'issued');
    // Sixteen hundred hours UTC on the last day is the first of December in Shanghai.
    const before = house.clock.now();
    house.clock.setTo(new Date('2026-11-30T16:00:00.000Z'));
    await house.redeem(benefit.id, resident);
    house.clock.setTo(before);
  });

  it('needs a resident of the programme', async () => {
    const { benefit, clerk } = await house.offer();
    const away = personAs('resident', { programmeId: newId() });
    await expect(house.redeem(benefit.id, away)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(house.redeem(benefit.id, personAs('resident'))).rejects.toMatchObject({
      slug: 'conflict',
    });
    await expect(house.redeem(newId(), house.newResident())).rejects.toMatchObject({
      slug: 'not-found',
    });
    for (const principal of [clerk, house.officer]) {
      await expect(house.redeem(benefit.id, principal)).rejects.toMatchObject({
        slug: 'forbidden',
      });
    }
    const body = { benefitId: benefit.id };
    await expect(house.call(routes.requestRedemption, { body }, anonymous)).rejects.toMatchObject({
      slug: 'not-signed-in',
    });
  });

  it('is seen by nobody but the person, page by page', async () => {
    const { benefit } = await house.offer({ perPersonPerMonth: 3 });
    const resident = house.newResident();
    const ids = [];
    for (let count = 0; count < 3; count += 1) {
      ids.unshift((await house.redeem(benefit.id, resident)).id);
    }
    const other = house.newResident();
    await expect(house.read(ids[0] ?? '', other)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(house.cancel(ids[0] ?? '', other)).rejects.toMatchObject({ slug: 'not-found' });
    const list = (query: object) => house.call(routes.listMyRedemptions, { query }, resident);
    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map((one) => one.id)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
    for (const id of ids) await house.reach(id, resident, 'issued');
  });
});

it('sells ten items to a hundred buyers as ten vouchers, and holds nobody else points', async () => {
  const { benefit } = await house.offer({ stock: 10 });
  const buyers = Array.from({ length: 100 }, () => house.newResident());
  const asked = await Promise.allSettled(buyers.map((buyer) => house.redeem(benefit.id, buyer)));
  const states: (string | null)[] = [];
  for (const [index, buyer] of buyers.entries()) {
    const one = asked[index];
    if (one?.status !== 'fulfilled') {
      expect(one?.reason).toMatchObject({ slug: 'sold-out' });
      continue;
    }
    const end = await eventually(async () => {
      const seen = await house.read(one.value.id, buyer);
      return ['issued', 'failed'].includes(seen.state) ? seen : null;
    }, 60_000);
    states.push(end.state === 'failed' ? end.failure : end.state);
  }
  expect(states.filter((state) => state === 'issued')).toHaveLength(10);
  expect(new Set(states)).toEqual(new Set(['issued', 'sold-out']));
  expect(await stockOf(benefit.id)).toBe(0);
  await eventually(async () => {
    const spent = buyers.filter((buyer) => pointsOf(buyer.personId) !== 100);
    return spent.length === 10;
  }, 60_000);
  await expect(house.redeem(benefit.id, house.newResident())).rejects.toMatchObject({
    slug: 'sold-out',
  });
}, 120_000);
