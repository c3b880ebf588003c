import { areaMoved } from '@ddp/contracts/directory/events';
import { personErased } from '@ddp/contracts/identity/events';
import { createBudget, listBudgets } from '@ddp/contracts/rewards/budget-routes';
import { requestTopUp } from '@ddp/contracts/rewards/counter-routes';
import { merchantAdmitted } from '@ddp/contracts/rewards/events';
import {
  applyAsMerchant,
  approveMerchant,
  changeShop,
  closeShop,
  createShop,
  listMyApplications,
  listShops,
  pauseMerchant,
  readMerchant,
  refuseMerchant,
  resumeMerchant,
  setCeiling,
} from '@ddp/contracts/rewards/merchant-routes';
import * as routes from '@ddp/contracts/rewards/routes';
import { newId } from '@ddp/db-kit/ids';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

const stranger = personAs('banner-officer', { areaPaths: ['/1506/150602/'] });
const application = (fields = {}) => ({
  ...{ name: '乌兰超市', areaCode: '150603', business: '日用百货', address: '1 号街' },
  ...fields,
});
const apply = (by = house.newResident(), key = newId(), fields = {}) =>
  house.call(applyAsMerchant, { body: application(fields) }, by, key);
const admittedOwners = async (merchantId: string) => {
  const rows = await house.db
    .selectFrom('rewards_outbox')
    .select('payload')
    .where('event_name', '=', merchantAdmitted.name)
    .execute();
  return rows
    .map((row) => merchantAdmitted.payload.parse(JSON.parse(row.payload)))
    .filter((one) => one.merchantId === merchantId)
    .map((one) => one.personId);
};

describe('an application', () => {
  it('is one for a person at a time, and for whom identity told of it when it is approved', async () => {
    const resident = house.newResident();
    const key = newId();
    const [a, b] = await Promise.all([apply(resident, key), apply(resident, key)]);
    expect(a).toEqual(b);
    expect(a.state).toBe('applied');
    await expect(apply(resident)).rejects.toMatchObject({ slug: 'applied-already' });
    const twoAtOnce = house.newResident();
    const done = await Promise.allSettled([apply(twoAtOnce), apply(twoAtOnce)]);
    expect(done.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const params = { id: a.id };
    const approve = (by = house.officer) => house.call(approveMerchant, { params }, by);
    await expect(approve(stranger)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(approve(resident)).rejects.toMatchObject({ slug: 'forbidden' });
    const asOfficer = { ...house.officer, personId: resident.personId };
    await expect(approve(asOfficer)).rejects.toMatchObject({ slug: 'own-proposal' });
    expect((await approve()).state).toBe('active');
    await expect(approve()).rejects.toMatchObject({ slug: 'conflict' });
    expect(await admittedOwners(a.id)).toEqual([resident.personId]);
    expect(await house.listNotices(resident.personId)).toEqual(['merchant-admitted']);
    const query = { state: 'active' as const, search: '乌兰' };
    const listed = await house.call(routes.listMerchants, { query }, house.officer);
    expect(listed.items.map(({ id }) => id)).toEqual([a.id]);
  });

  it('that was refused says why, and may be made again', async () => {
    const resident = house.newResident();
    const { id } = await apply(resident);
    const body = { reason: '请补充经营地址' };
    const refuse = () => house.call(refuseMerchant, { params: { id }, body }, house.officer);
    expect(await refuse()).toMatchObject({ state: 'refused', reason: body.reason });
    await expect(refuse()).rejects.toMatchObject({ slug: 'conflict' });
    expect(await admittedOwners(id)).toEqual([]);
    expect(await house.listNotices(resident.personId)).toEqual(['merchant-refused']);
    const again = await apply(resident);
    const mine = await house.call(listMyApplications, {}, resident);
    expect(mine.items.map((one) => [one.id, one.reason])).toEqual([
      [again.id, null],
      [id, body.reason],
    ]);
    expect((await house.call(listMyApplications, {}, house.newResident())).items).toEqual([]);
    const outside = apply(house.newResident(), newId(), { areaCode: '1501' });
    await expect(outside).rejects.toMatchObject({ slug: 'no-programme' });
    await expect(apply(house.officer)).rejects.toMatchObject({ slug: 'forbidden' });
  });

  it('ends with the leaving of who applied, whom no row leads to then', async () => {
    const resident = house.newResident();
    const { id } = await apply(resident);
    await house.step(personErased, { personId: resident.personId });
    const params = { id };
    expect((await house.call(readMerchant, { params }, house.officer)).state).toBe('closed');
    await expect(house.call(approveMerchant, { params }, house.officer)).rejects.toMatchObject({
      slug: 'conflict',
    });
    expect(await house.findBroken()).toEqual([]);
    await expect(apply(resident)).rejects.toMatchObject({ slug: 'not-found' });
  });

  it('cannot be given a benefit before it is approved', async () => {
    const { id: merchantId } = await apply();
    const terms = { title: '米一袋', kind: 'goods' as const, pricePoints: 5, stock: 1 };
    const body = { ...terms, merchantId, payer: 'fund' as const };
    await expect(house.call(routes.createBenefit, { body }, house.officer)).rejects.toMatchObject({
      slug: 'unknown-merchant',
    });
  });
});

describe('a merchant', () => {
  it('that is paused takes no new redemptions, and honours the vouchers that are out', async () => {
    const { benefit, merchant, resident, voucherId, clerk, owner } = await house.issue();
    const params = { id: merchant.id };
    const body = { reason: '店面装修' };
    const pause = (by = owner) => house.call(pauseMerchant, { params, body }, by);
    const resume = (by = owner) => house.call(resumeMerchant, { params }, by);
    const foreign = personAs('merchant-owner', { merchantId: newId() });
    for (const by of [foreign, stranger]) {
      await expect(pause(by)).rejects.toMatchObject({ slug: 'not-found' });
    }
    await expect(pause(clerk)).rejects.toMatchObject({ slug: 'forbidden' });
    expect(await pause()).toMatchObject({ state: 'paused', reason: '店面装修' });
    await expect(house.redeem(benefit.id, house.newResident())).rejects.toMatchObject({
      slug: 'merchant-paused',
    });
    await house.verify(await house.codeOf(voucherId, resident), clerk);
    expect((await resume()).state).toBe('active');
    await pause(house.officer);
    await expect(resume()).rejects.toMatchObject({ slug: 'conflict' });
    expect((await resume(house.officer)).state).toBe('active');
  });

  it('lets others of a benefit’s merchants take redemptions while one is paused', async () => {
    const { merchant: other } = await house.openShop();
    const alsoAt = [{ merchantId: other.id, stock: 1 }];
    const { benefit, merchant } = await house.offer({ stock: 5, alsoAt });
    const body = { reason: '盘点' };
    await house.call(pauseMerchant, { params: { id: merchant.id }, body }, house.officer);
    const first = house.newResident();
    const { id } = await house.redeem(benefit.id, first);
    const { voucherId } = await house.reach(id, first, 'issued');
    const clerk = personAs('merchant-clerk', { merchantId: other.id, areaPaths: [] });
    await house.verify(await house.codeOf(voucherId ?? '', first), clerk);
    const chosen = { benefitId: benefit.id, merchantId: merchant.id };
    const ask = (merchantId: string) =>
      house.call(
        routes.requestRedemption,
        { body: { ...chosen, merchantId } },
        house.newResident(),
      );
    await expect(ask(merchant.id)).rejects.toMatchObject({ slug: 'merchant-paused' });
    await expect(ask(other.id)).rejects.toMatchObject({ slug: 'sold-out' });
    await expect(ask(newId())).rejects.toMatchObject({ slug: 'unknown-merchant' });
    expect(await house.findBroken()).toEqual([]);
  });

  it('has a ceiling for a month that an officer of the area sets and lifts', async () => {
    const { merchant } = await house.openShop();
    const params = { id: merchant.id };
    const set = (monthlyCents: number | null, by = house.officer) =>
      house.call(setCeiling, { params, body: { monthlyCents } }, by);
    expect((await set(50_000_00)).monthlyCeilingCents).toBe(5_000_000);
    await expect(set(1, stranger)).rejects.toMatchObject({ slug: 'not-found' });
    expect((await house.call(readMerchant, { params }, house.officer)).monthlyCeilingCents).toBe(
      5_000_000,
    );
    expect((await set(null)).monthlyCeilingCents).toBeNull();
    const as = { merchantId: merchant.id, areaPaths: [] };
    const own = await house.call(listMyApplications, {}, personAs('merchant-owner', as));
    expect(own.items.map(({ id }) => id)).toEqual([merchant.id]);
  });
});

describe('a shop', () => {
  const body = {
    name: '滨河店',
    areaCode: '150603001001',
    address: '2 号街 8 号',
    hours: '9–18 点',
  };

  it('goes along with its area, as do benefits, budgets and what was asked for', async () => {
    const { owner, merchant, benefit } = await house.offer();
    const place = { ...body, areaCode: '150603001' };
    await house.call(createShop, { body: place }, owner);
    const more = { benefitId: benefit.id, pieces: 1 };
    await house.call(requestTopUp, { body: more }, owner);
    const limits = { pointsLimit: 10, centsLimit: null };
    const given = { sponsor: '街道商会', areaCode: '150603001', ...limits };
    await house.call(createBudget, { body: given }, house.officer);
    const paths = { oldPath: '/1506/150603/150603001/', newPath: '/1506/150602/150603001/' };
    const moved = { areaCode: '150603001', ...paths, round: 'last' as const };
    await house.step(areaMoved, moved);
    await house.step(areaMoved, moved);
    const query = { merchantId: merchant.id };
    const { items } = await house.call(listShops, { query }, owner);
    expect(items.map(({ areaPath }) => areaPath)).toEqual([paths.newPath]);
    const there = await house.call(listBudgets, {}, stranger);
    expect(there.items.map(({ sponsor }) => sponsor)).toEqual(['街道商会']);
  });

  it('is the owner’s to open, change and close, within the programme', async () => {
    const { owner, clerk, merchant } = await house.openShop();
    const key = newId();
    const open = (fields = {}, by = owner, once = newId()) =>
      house.call(createShop, { body: { ...body, ...fields } }, by, once);
    const [shop, same] = await Promise.all([open({}, owner, key), open({}, owner, key)]);
    expect(shop).toEqual(same);
    await expect(open({}, clerk)).rejects.toMatchObject({ slug: 'forbidden' });
    await expect(open({ areaCode: '1501' })).rejects.toMatchObject({ slug: 'unknown-area' });
    const params = { id: shop.id };
    const change = (by = owner) =>
      house.call(changeShop, { params, body: { ...body, hours: '全天' } }, by);
    const { owner: foreign } = await house.openShop();
    await expect(change(foreign)).rejects.toMatchObject({ slug: 'not-found' });
    expect((await change()).hours).toBe('全天');
    const query = { merchantId: merchant.id };
    const list = async (by = house.newResident()) =>
      (await house.call(listShops, { query }, by)).items.map((one) => one.state);
    expect(await list()).toEqual(['open']);
    expect(await list(house.officer)).toEqual(['open']);
    for (const by of [stranger, foreign, personAs('resident', { programmeId: newId() })]) {
      expect(await list(by)).toEqual([]);
    }
    const close = (by = owner) => house.call(closeShop, { params }, by);
    await expect(close(foreign)).rejects.toMatchObject({ slug: 'not-found' });
    expect((await close()).state).toBe('closed');
    await expect(close()).rejects.toMatchObject({ slug: 'conflict' });
    expect(await list()).toEqual([]);
    expect(await list(owner)).toEqual(['closed']);
  });
});
