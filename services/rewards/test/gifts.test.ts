import { personErased } from '@ddp/contracts/identity/events';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import {
  redemptionHeld,
  redemptionReleased,
  redemptionRequested,
  redemptionReserved,
  voucherVerified,
} from '@ddp/contracts/rewards/events';
import { listMyGifts, refuseGift, takeBackGift } from '@ddp/contracts/rewards/gift-routes';
import { newId } from '@ddp/db-kit/ids';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expireGifts } from '../src/operations/expire-gifts.ts';
import { expireRedemptions } from '../src/operations/expire-redemptions.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ isManual: true });
});
afterAll(() => house?.stop());
afterEach(async () => {
  expect(await house.findBroken()).toEqual([]);
});

const hourMs = 3_600_000;
let numbers = 13_700_000_000;
/** A resident whose number others may know. */
function newRelative(): { relative: PersonPrincipal; phone: string } {
  numbers += 1;
  const relative = house.newResident();
  house.phones.set(String(numbers), relative.personId);
  return { relative, phone: String(numbers) };
}

/** A resident with a good voucher, and a relative. */
async function issued(benefit?: Awaited<ReturnType<House['offer']>>) {
  const shop = benefit ?? (await house.offer({ stock: 20, perPersonPerMonth: 1 }));
  const resident = house.newResident();
  const { id: redemptionId } = await house.redeem(shop.benefit.id, resident);
  for (const event of [redemptionRequested, redemptionHeld, redemptionReserved]) {
    await house.step(event, { redemptionId });
  }
  const voucherId = (await house.read(redemptionId, resident)).voucherId ?? '';
  return { ...shop, resident, redemptionId, voucherId, ...newRelative() };
}

async function offered(benefit?: Awaited<ReturnType<House['offer']>>) {
  const one = await issued(benefit);
  return { ...one, gift: await house.offerTo(one.voucherId, one.phone, one.resident) };
}

async function given(benefit?: Awaited<ReturnType<House['offer']>>) {
  const one = await offered(benefit);
  return { ...one, gift: await house.accept(one.gift.id, one.relative) };
}

const refuse = (id: string, by: PersonPrincipal) => house.call(refuseGift, { params: { id } }, by);
const takeBack = (id: string, by: PersonPrincipal) =>
  house.call(takeBackGift, { params: { id } }, by);
const pointsOf = (person: PersonPrincipal) => house.points.people.get(person.personId)?.points;
const lastNotice = async (person: PersonPrincipal) =>
  (await house.listNotices(person.personId)).at(-1);

describe('a voucher that is given', () => {
  it('is the receiver’s alone under another secret, and takes the giver’s points and quota', async () => {
    const one = await issued();
    const { resident, relative, voucherId, redemptionId, clerk, phone, benefit } = one;
    house.names.set(resident.personId, '乌*');
    house.names.set(relative.personId, '其*');
    const old = await house.codeOf(voucherId, resident);
    const key = newId();
    const gift = await house.offerTo(voucherId, phone, resident, key);
    expect(await house.offerTo(voucherId, phone, resident, key)).toEqual(gift);
    const masked = `${phone.slice(0, 3)}****${phone.slice(-4)}`;
    expect(gift).toMatchObject({ state: 'offered', receiverPhone: masked, voucherId: null });
    const [seen] = (await house.call(listMyGifts, {}, relative)).items;
    expect(seen).toMatchObject({ id: gift.id, direction: 'received', giverName: '乌*' });
    await expect(house.face(voucherId, relative)).rejects.toMatchObject({ slug: 'not-found' });
    expect(await house.codeOf(voucherId, resident)).toBe(old);

    const accepted = await house.accept(gift.id, relative, key);
    expect(accepted).toMatchObject({ state: 'accepted', voucherId });
    expect(await house.accept(gift.id, relative, key)).toEqual(accepted);
    await expect(house.face(voucherId, resident)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(house.verify(old, clerk)).rejects.toMatchObject({ slug: 'voucher-invalid' });
    const code = await house.codeOf(voucherId, relative);
    expect(code.slice(0, 8)).toBe(old.slice(0, 8));
    expect((await house.lookUp(code, clerk)).holder).toBe('其*');
    expect(await house.read(redemptionId, resident)).toMatchObject({ isGiven: true });
    await expect(house.cancel(redemptionId, resident)).rejects.toMatchObject({
      slug: 'voucher-given',
    });
    await expect(house.redeem(benefit.id, resident)).rejects.toMatchObject({
      slug: 'limit-reached',
    });
    await house.verify(code, clerk);
    await house.step(voucherVerified, { redemptionId });
    expect([pointsOf(resident), pointsOf(relative)]).toEqual([92, 100]);
    expect(await house.listNotices(resident.personId)).toEqual([
      ...['voucher-issued', 'gift-accepted', 'voucher-verified'],
    ]);
    expect(await house.listNotices(relative.personId)).toEqual([
      ...['gift-offered', 'voucher-issued', 'voucher-verified'],
    ]);
    await house.redeem(benefit.id, relative);
  });

  it('is not given on, nor back', async () => {
    const { voucherId, relative } = await given();
    const { phone } = newRelative();
    await expect(house.offerTo(voucherId, phone, relative)).rejects.toMatchObject({
      slug: 'cannot-give',
    });
  });

  it('comes back as points to the giver when its time is over', async () => {
    const { relative, resident, redemptionId, voucherId } = await given();
    const startedAt = house.clock.now();
    house.clock.advanceMs(40 * 24 * hourMs);
    await expireRedemptions(house.deps);
    await house.step(redemptionReleased, { redemptionId });
    expect(pointsOf(resident)).toBe(100);
    expect((await house.face(voucherId, relative)).state).toBe('expired');
    expect(await lastNotice(resident)).toBe('voucher-expired');
    expect(await lastNotice(relative)).toBe('gift-ended');
    house.clock.setTo(startedAt);
  });

  it('is accepted twice a month, however many come at once, and again in the next', async () => {
    const shop = await house.offer({ stock: 20 });
    const { relative, phone } = newRelative();
    const gifts: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      const { voucherId, resident } = await issued(shop);
      gifts.push((await house.offerTo(voucherId, phone, resident)).id);
    }
    const done = await Promise.allSettled(gifts.map((id) => house.accept(id, relative)));
    expect(done.filter((one) => one.status === 'fulfilled')).toHaveLength(2);
    const left = gifts.filter((_id, index) => done[index]?.status === 'rejected');
    for (const id of left) {
      await expect(house.accept(id, relative)).rejects.toMatchObject({ slug: 'gift-limit' });
    }
    const before = house.clock.now();
    house.clock.setTo(new Date('2026-11-30T15:00:00.000Z'));
    const { voucherId, resident } = await issued(shop);
    const { id } = await house.offerTo(voucherId, phone, resident);
    await expect(house.accept(id, relative)).rejects.toMatchObject({ slug: 'gift-limit' });
    // Sixteen hundred hours UTC is the first of December in Shanghai.
    house.clock.setTo(new Date('2026-11-30T16:00:00.000Z'));
    await house.accept(id, relative);
    house.clock.setTo(before);
  });
});

describe('an offer', () => {
  it('that is refused, taken back or not answered leaves the voucher with the giver', async () => {
    const { voucherId, resident, relative, phone, gift, clerk } = await offered();
    expect((await refuse(gift.id, relative)).state).toBe('refused');
    expect(await lastNotice(resident)).toBe('gift-ended');
    const second = await house.offerTo(voucherId, phone, resident);
    expect((await takeBack(second.id, resident)).state).toBe('taken-back');
    expect(await lastNotice(relative)).toBe('gift-ended');
    const third = await house.offerTo(voucherId, phone, resident);
    await expect(house.offerTo(voucherId, phone, resident)).rejects.toMatchObject({
      slug: 'cannot-give',
    });
    house.clock.advanceMs(71 * hourMs);
    await expireGifts(house.deps);
    expect((await house.call(listMyGifts, {}, relative)).items[0]?.state).toBe('offered');
    house.clock.advanceMs(2 * hourMs);
    const over = { slug: 'gift-over' };
    await expect(house.accept(third.id, relative)).rejects.toMatchObject(over);
    await Promise.all([expireGifts(house.deps), expireGifts(house.deps)]);
    for (const act of [() => refuse(third.id, relative), () => takeBack(third.id, resident)]) {
      await expect(act()).rejects.toMatchObject(over);
    }
    const query = { direction: 'given' as const };
    const { items } = await house.call(listMyGifts, { query }, resident);
    expect(items.map(({ state }) => state)).toEqual(['expired', 'taken-back', 'refused']);
    const ends = (await house.listNotices(resident.personId)).filter((one) => one === 'gift-ended');
    expect(ends).toHaveLength(2);
    // Three were enough; the voucher itself is as good as before.
    await expect(house.offerTo(voucherId, phone, resident)).rejects.toMatchObject({
      slug: 'cannot-give',
    });
    await house.verify(await house.codeOf(voucherId, resident), clerk);
    house.clock.advanceMs(-73 * hourMs);
  });

  it('lapses when its voucher is used or given up, and its receiver is told', async () => {
    const used = await offered();
    await house.verify(await house.codeOf(used.voucherId, used.resident), used.clerk);
    const ended = await offered();
    await house.cancel(ended.redemptionId, ended.resident);
    for (const { gift, relative } of [used, ended]) {
      expect(await lastNotice(relative)).toBe('gift-ended');
      await expect(house.accept(gift.id, relative)).rejects.toMatchObject({ slug: 'gift-over' });
    }
    const { phone } = newRelative();
    await expect(house.offerTo(ended.voucherId, phone, ended.resident)).rejects.toMatchObject({
      slug: 'cannot-give',
    });
  });

  it('is for its receiver to accept and its giver to take back, and looks like none to others', async () => {
    const { gift, resident, relative, voucherId } = await offered();
    const missing = { slug: 'not-found' };
    const { relative: other } = newRelative();
    const { phone } = newRelative();
    for (const by of [resident, other]) {
      await expect(house.accept(gift.id, by)).rejects.toMatchObject(missing);
      await expect(refuse(gift.id, by)).rejects.toMatchObject(missing);
    }
    for (const by of [relative, other]) {
      await expect(takeBack(gift.id, by)).rejects.toMatchObject(missing);
    }
    await expect(house.offerTo(voucherId, phone, other)).rejects.toMatchObject(missing);
    await expect(house.accept(gift.id, house.officer)).rejects.toMatchObject({ slug: 'forbidden' });
    expect((await house.call(listMyGifts, {}, other)).items).toEqual([]);
  });

  it('needs the number of another resident, and does not tell many numbers apart', async () => {
    const { voucherId, resident } = await issued();
    numbers += 1;
    house.phones.set(String(numbers), resident.personId);
    await expect(house.offerTo(voucherId, String(numbers), resident)).rejects.toMatchObject({
      slug: 'invalid-request',
    });
    const unknown = (index: number, key = newId()) =>
      house.offerTo(voucherId, String(13_600_000_000 + index), resident, key);
    for (let index = 0; index < 10; index += 1) {
      await expect(unknown(index)).rejects.toMatchObject({ slug: 'no-such-receiver' });
    }
    const { phone } = newRelative();
    for (const attempt of [() => unknown(11), () => house.offerTo(voucherId, phone, resident)]) {
      await expect(attempt()).rejects.toMatchObject({ slug: 'too-many-tries' });
    }
    house.clock.advanceMs(61 * 60_000);
    await house.offerTo(voucherId, phone, resident);
  });

  it('that is accepted, taken back and used up at once has one end', async () => {
    for (let round = 0; round < 3; round += 1) {
      const one = await offered();
      const code = await house.codeOf(one.voucherId, one.resident);
      const [accepted, taken, used] = await Promise.allSettled([
        house.accept(one.gift.id, one.relative),
        takeBack(one.gift.id, one.resident),
        house.verify(code, one.clerk),
      ]);
      const [gift] = (await house.call(listMyGifts, {}, one.relative)).items;
      const isGiven = accepted.status === 'fulfilled';
      expect(gift?.state === 'accepted').toBe(isGiven);
      if (isGiven) expect([taken.status, used.status]).toEqual(['rejected', 'rejected']);
      expect(await house.findBroken()).toEqual([]);
    }
  });
});

describe('somebody who leaves', () => {
  it('gives back what they held to who paid for it, and frees what was offered to them', async () => {
    const held = await given();
    await house.step(personErased, { personId: held.relative.personId });
    await house.step(redemptionReleased, { redemptionId: held.redemptionId });
    expect(pointsOf(held.resident)).toBe(100);
    expect(await lastNotice(held.resident)).toBe('redemption-cancelled');
    expect(await house.listNotices(held.relative.personId)).not.toContain('gift-ended');
    const open = await offered();
    await house.step(personErased, { personId: open.relative.personId });
    expect(await lastNotice(open.resident)).toBe('gift-ended');
    await house.offerTo(open.voucherId, newRelative().phone, open.resident);
  });

  it('takes what they gave along, and whoever held it is told', async () => {
    const { relative, resident, voucherId } = await given();
    await house.step(personErased, { personId: resident.personId });
    expect((await house.face(voucherId, relative)).state).toBe('cancelled');
    expect(await lastNotice(relative)).toBe('gift-ended');
  });

  it('is offered nothing any more', async () => {
    const { voucherId, resident, relative, phone } = await issued();
    await house.step(personErased, { personId: relative.personId });
    await expect(house.offerTo(voucherId, phone, resident)).rejects.toMatchObject({
      slug: 'no-such-receiver',
    });
  });
});
