import {
  redemptionHeld,
  redemptionRequested,
  redemptionReserved,
} from '@ddp/contracts/rewards/events';
import { personAs } from '@ddp/testing/principals';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expireRedemptions } from '../src/operations/expire-redemptions.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let shop: Awaited<ReturnType<House['offer']>>;
beforeAll(async () => {
  house = await openHouse({ isManual: true, undoMinutes: 10 });
  shop = await house.offer({ stock: 200 });
  // In the middle of a step, so that no test falls on its edge.
  house.clock.setTo(new Date(Math.ceil(house.clock.now().getTime() / 30_000) * 30_000 + 10_000));
});
afterAll(() => house?.stop());
afterEach(async () => {
  expect(await house.findBroken()).toEqual([]);
});

/** A voucher, and a picture of its screen. */
async function pictured() {
  const resident = house.newResident();
  const { id: redemptionId } = await house.redeem(shop.benefit.id, resident);
  for (const event of [redemptionRequested, redemptionHeld, redemptionReserved]) {
    await house.step(event, { redemptionId });
  }
  const voucherId = (await house.read(redemptionId, resident)).voucherId ?? '';
  const picture = await house.codeOf(voucherId, resident);
  return { resident, redemptionId, voucherId, picture };
}

const outcomeOf = (code: string, clerk = shop.clerk) =>
  house.verify(code, clerk).then(
    () => 'verified',
    (error: { slug: string }) => error.slug,
  );

describe('a picture of a code', () => {
  it('used again 31 s after the voucher was used by it is told so', async () => {
    const { picture } = await pictured();
    expect(await outcomeOf(picture)).toBe('verified');
    house.clock.advanceMs(31_000);
    expect(await outcomeOf(picture)).toBe('voucher-used');
  });

  it('is worth nothing 61 s later, nor after the voucher was used by another code', async () => {
    const { picture, voucherId, resident } = await pictured();
    house.clock.advanceMs(61_000);
    expect(await outcomeOf(picture)).toBe('voucher-invalid');
    expect(await outcomeOf(await house.codeOf(voucherId, resident))).toBe('verified');
    expect(await outcomeOf(picture)).toBe('voucher-invalid');
  });

  it.each([-30_000, 30_000])(
    'works once where the clock of a process is %i ms off',
    async (off) => {
      const { picture } = await pictured();
      house.clock.advanceMs(off);
      expect(await outcomeOf(picture)).toBe('verified');
      house.clock.advanceMs(-off);
      expect(await outcomeOf(picture)).toBe('voucher-used');
    },
  );

  it('is refused by another merchant, after a cancellation and after the end, each as what it is', async () => {
    const foreign = (await house.openShop()).clerk;
    const first = await pictured();
    expect(await outcomeOf(first.picture, foreign)).toBe('voucher-invalid');
    expect(await outcomeOf(first.picture)).toBe('verified');
    const cancelled = await pictured();
    await house.cancel(cancelled.redemptionId, cancelled.resident);
    expect(await outcomeOf(cancelled.picture)).toBe('voucher-cancelled');
    const over = await pictured();
    const startedAt = house.clock.now();
    const endsAt = Date.parse((await house.face(over.voucherId, over.resident)).expiresAt);
    house.clock.setTo(new Date(endsAt - 5_000));
    const last = await house.codeOf(over.voucherId, over.resident);
    house.clock.setTo(new Date(endsAt + 5_000));
    // Before the sweep has seen it, and after.
    expect(await outcomeOf(last)).toBe('voucher-expired');
    await expireRedemptions(house.deps);
    expect(await outcomeOf(last)).toBe('voucher-expired');
    house.clock.setTo(startedAt);
  });
});

/** A thousand by hand; as many as a run of all tests can bear. */
const rounds = 25;

it('at two terminals within 50 ms works at one, and the other says when and by whom', async () => {
  const owner = personAs('merchant-owner', { merchantId: shop.merchant.id });
  const lateMs = (round: number) => (round * 7) % 50;
  for (let round = 0; round < rounds; round += 1) {
    const { picture } = await pictured();
    const late = new Promise((resolve) => setTimeout(resolve, lateMs(round)));
    const both = await Promise.allSettled([
      house.verify(picture, shop.clerk),
      late.then(() => house.verify(picture, owner)),
    ]);
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const lost = both.find((one) => one.status === 'rejected');
    const usedBy = both[0].status === 'fulfilled' ? 'merchant-clerk' : 'merchant-owner';
    expect(lost?.reason).toMatchObject({ slug: 'voucher-used', document: { status: 409, usedBy } });
    expect(lost?.reason.document.usedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  }
}, 60_000);
