import { civilDateOf } from '@ddp/calendar/civil-date';
import { personErased } from '@ddp/contracts/identity/events';
import { readAreaUse } from '@ddp/contracts/rewards/area-use-routes';
import {
  approveTopUp,
  exportVerifications,
  inviteClerk,
  listClerks,
  listStock,
  listTopUps,
  readDayTotals,
  refuseTopUp,
  removeClerk,
  requestTopUp,
  unbindClerk,
} from '@ddp/contracts/rewards/counter-routes';
import { createShop } from '@ddp/contracts/rewards/merchant-routes';
import * as routes from '@ddp/contracts/rewards/routes';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { readTable } from '@ddp/paper/spreadsheet/read-table';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verificationColumns } from '../src/catalogue/verification-columns.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

const stranger = personAs('banner-officer', { areaPaths: ['/1506/150602/'] });
type Owner = Awaited<ReturnType<House['openShop']>>['owner'];
const newShop = (owner: Owner) =>
  house.call(
    createShop,
    { body: { name: '滨河店', areaCode: '150603001', address: '2 号街 8 号' } },
    owner,
  );
let phones = 13_900_000_000;
function newPhone(): string {
  phones += 1;
  return String(phones);
}
const invite = (owner: Owner, shopId: string | null = null, key = newId(), phone = newPhone()) =>
  house.call(inviteClerk, { body: { name: '斯琴', phone, shopId } }, owner, key);
const operatorOf = (merchantId: string) =>
  house.operators.findLast((one) => one.merchantId === merchantId && one.role !== 'merchant-owner');

describe('a clerk', () => {
  it('is invited once for one key, unbound and removed by the owner, and by nobody else', async () => {
    const { owner, clerk, merchant } = await house.openShop();
    const [key, phone] = [newId(), newPhone()];
    const one = await invite(owner, null, key, phone);
    expect(await invite(owner, null, key, phone)).toEqual(one);
    await expect(invite(clerk)).rejects.toMatchObject({ slug: 'forbidden' });
    await expect(invite(owner, newId())).rejects.toMatchObject({ slug: 'unknown-shop' });
    const operator = operatorOf(merchant.id);
    if (operator) operator.deviceBoundAt = '2026-11-10T02:00:00.000Z';
    const list = async (by = owner) => (await house.call(listClerks, {}, by)).items;
    expect(await list()).toMatchObject([
      { id: one.id, state: 'active', maskedName: '斯*', deviceBoundAt: operator?.deviceBoundAt },
    ]);
    const { owner: foreign } = await house.openShop();
    expect(await list(foreign)).toEqual([]);
    const params = { id: one.id };
    const unbind = (by = owner) => house.call(unbindClerk, { params }, by);
    const remove = (by = owner) => house.call(removeClerk, { params }, by);
    for (const act of [unbind, remove]) {
      await expect(act(foreign)).rejects.toMatchObject({ slug: 'not-found' });
      await expect(act(clerk)).rejects.toMatchObject({ slug: 'forbidden' });
    }
    await unbind();
    expect((await list())[0]?.deviceBoundAt).toBeNull();
    expect((await remove()).state).toBe('removed');
    expect(operatorOf(merchant.id)).toBeUndefined();
    for (const act of [remove, unbind]) {
      await expect(act()).rejects.toMatchObject({ slug: 'conflict' });
    }
    const back = await invite(owner, null, newId(), phone);
    expect(back.state).toBe('active');
  });

  it('is one of fifty at the most: who comes beyond them has no right left in identity either', async () => {
    const { owner, merchant } = await house.openShop();
    const row = {
      merchant_id: idToBinary(merchant.id),
      ...{ shop_id: null, state: 'active', invited_at: house.clock.now(), removed_at: null },
    };
    const known = Array.from({ length: 49 }, () => ({
      ...row,
      id: idToBinary(newId()),
      person_id: idToBinary(newId()),
    }));
    await house.db.insertInto('rewards_clerk').values(known).execute();
    const [key, phone] = [newId(), newPhone()];
    const done = await Promise.allSettled([invite(owner, null, key, phone), invite(owner)]);
    const fulfilled = done.filter((one) => one.status === 'fulfilled');
    expect(fulfilled).toHaveLength(1);
    const held = house.operators.filter(
      (one) => one.merchantId === merchant.id && one.role === 'merchant-clerk',
    );
    expect(held).toHaveLength(1);
    if (done[0].status === 'fulfilled') {
      expect(await invite(owner, null, key, phone)).toEqual(done[0].value);
    }
    await expect(invite(owner)).rejects.toMatchObject({ slug: 'too-many-clerks' });
    const { items } = await house.call(listClerks, {}, owner);
    expect(items.filter(({ state }) => state === 'active')).toHaveLength(50);
  });

  it('is not invited where identity cannot be reached, and leads to nobody after leaving', async () => {
    const { owner, merchant } = await house.openShop();
    house.state.isIdentityDown = true;
    await expect(invite(owner)).rejects.toMatchObject({ slug: 'busy' });
    house.state.isIdentityDown = false;
    expect((await house.call(listClerks, {}, owner)).items).toEqual([]);
    await invite(owner);
    const personId = operatorOf(merchant.id)?.personId ?? '';
    await house.step(personErased, { personId });
    expect(await house.findBroken()).toEqual([]);
  });
});

describe('the history of a counter', () => {
  it('is told by day, clerk and shop, with totals counted from the rows, and as a table', async () => {
    const { benefit, owner, merchant } = await house.offer({ stock: 9, unitValueCents: 1_250 });
    const shop = await newShop(owner);
    await invite(owner, shop.id);
    const personId = operatorOf(merchant.id)?.personId ?? '';
    const as = { merchantId: merchant.id, areaPaths: [] };
    const inShop = personAs('merchant-clerk', { ...as, personId });
    const verifyBy = async (by: typeof inShop) => {
      const resident = house.newResident();
      const { id } = await house.redeem(benefit.id, resident);
      const { voucherId } = await house.reach(id, resident, 'issued');
      return house.verify(await house.codeOf(voucherId ?? '', resident), by);
    };
    const today = civilDateOf(house.clock.now());
    const first = await verifyBy(owner);
    const second = await verifyBy(inShop);
    house.clock.advanceMs(86_400_000);
    const third = await verifyBy(inShop);
    const tomorrow = civilDateOf(house.clock.now());
    const list = async (query: object, by = owner) => {
      const page = await house.call(routes.listVerifications, { query }, by);
      return page.items.map(({ id }) => id);
    };
    expect(await list({})).toEqual([third.id, second.id, first.id]);
    expect(await list({ day: today })).toEqual([second.id, first.id]);
    expect(await list({ shopId: shop.id, day: tomorrow })).toEqual([third.id]);
    expect(second).toMatchObject({ shopId: shop.id, unitValueCents: 1_250 });
    expect(await list({ clerkId: second.clerkId ?? '' })).toEqual([third.id, second.id]);
    const { owner: foreign } = await house.openShop();
    expect(await list({}, foreign)).toEqual([]);
    const span = { fromOn: today, toOn: tomorrow };
    const totals = (query: { fromOn: string; toOn: string } & { shopId?: string }, by = owner) =>
      house.call(readDayTotals, { query }, by);
    expect((await totals(span)).items).toEqual([
      { day: tomorrow, verified: 1, valueCents: 1_250 },
      { day: today, verified: 2, valueCents: 2_500 },
    ]);
    expect((await totals({ ...span, shopId: shop.id })).items[1]?.verified).toBe(1);
    expect((await totals(span, foreign)).items).toEqual([]);
    for (const toOn of ['2026-11-01', '2027-11-01']) {
      await expect(totals({ fromOn: today, toOn })).rejects.toMatchObject({
        slug: 'invalid-request',
      });
    }
    const file = await house.call(exportVerifications, { body: span }, owner);
    const { rows } = await readTable(file, verificationColumns);
    expect(rows?.map(({ cells }) => [cells.day, cells.shop, cells.yuan, cells.by])).toEqual([
      [tomorrow, '滨河店', '12.50', '店员'],
      [today, '滨河店', '12.50', '店员'],
      [today, '', '12.50', '店主'],
    ]);
    await expect(house.call(exportVerifications, { body: span }, inShop)).rejects.toMatchObject({
      slug: 'forbidden',
    });
    const uses = (by = house.officer) =>
      house.call(readAreaUse, { query: { areaCode: '150603' } }, by);
    expect(await uses()).toMatchObject({ on: tomorrow, today: null });
    for (let count = 0; count < 4; count += 1) await verifyBy(owner);
    const { today: usedToday, thisMonth } = await uses();
    expect(usedToday).toBe(5);
    expect(thisMonth).toBeGreaterThanOrEqual(7);
    await expect(uses(stranger)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(uses(owner)).rejects.toMatchObject({ slug: 'forbidden' });
  });
});

describe('the stock of a counter', () => {
  it('is its own share of each benefit, and grows by a request that an officer grants once', async () => {
    const { merchant: other } = await house.openShop();
    const alsoAt = [{ merchantId: other.id, stock: 7 }];
    const { benefit, owner, clerk } = await house.offer({ stock: 2, alsoAt });
    const stockOf = async (by: Owner) =>
      (await house.call(listStock, {}, by)).items.map((one) => one.available);
    expect(await stockOf(clerk)).toEqual([2]);
    const body = { benefitId: benefit.id, pieces: 10, words: '月底搞活动' };
    const key = newId();
    const ask = (by = owner, once = newId()) => house.call(requestTopUp, { body }, by, once);
    const asked = await ask(owner, key);
    expect(await ask(owner, key)).toEqual(asked);
    await expect(ask()).rejects.toMatchObject({ slug: 'conflict' });
    await expect(ask(clerk)).rejects.toMatchObject({ slug: 'forbidden' });
    const { owner: foreign } = await house.openShop();
    await expect(ask(foreign)).rejects.toMatchObject({ slug: 'not-found' });
    const list = async (by: Owner) => (await house.call(listTopUps, {}, by)).items.length;
    expect([await list(owner), await list(foreign), await list(stranger)]).toEqual([1, 0, 0]);
    expect(await list(house.newResident())).toBe(0);
    const params = { id: asked.id };
    const approve = (by = house.officer) => house.call(approveTopUp, { params }, by);
    await expect(approve(stranger)).rejects.toMatchObject({ slug: 'not-found' });
    const done = await Promise.allSettled([approve(), approve(house.approver)]);
    expect(done.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await stockOf(owner)).toEqual([12]);
    const next = await ask();
    const refusal = { params: { id: next.id }, body: { reason: '库存仍够' } };
    expect(await house.call(refuseTopUp, refusal, house.officer)).toMatchObject({
      state: 'refused',
      reason: '库存仍够',
    });
    expect(await stockOf(owner)).toEqual([12]);
    await house.call(routes.withdrawBenefit, { params: { id: benefit.id } }, house.officer);
    await expect(ask()).rejects.toMatchObject({ slug: 'conflict' });
    expect(await house.findBroken()).toEqual([]);
  });
});
