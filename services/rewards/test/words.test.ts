import {
  approveBenefit,
  approveText,
  changeBenefit,
  listTexts,
  pauseBenefit,
  proposeText,
  readBenefit,
  readBenefitPicture,
  refuseText,
  resumeBenefit,
  returnBenefit,
  setBenefitPicture,
  submitBenefit,
} from '@ddp/contracts/rewards/benefit-routes';
import * as routes from '@ddp/contracts/rewards/routes';
import { newId } from '@ddp/db-kit/ids';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { proposeText as proposeAgain } from '../src/operations/change-words.ts';
import { sweepPictures } from '../src/operations/keep-pictures.ts';
import { openAndEndBenefits } from '../src/operations/open-benefits.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

const stranger = personAs('banner-officer', { areaPaths: ['/1506/150602/'] });
/** A red dot of one pixel. */
const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

async function draftOne(fields: object = {}) {
  const { merchant, clerk } = await house.openShop();
  const terms = { title: '理发一次', kind: 'service' as const, pricePoints: 20, stock: 3 };
  const body = { ...terms, merchantId: merchant.id, payer: 'subsidised' as const, ...fields };
  const draft = await house.call(routes.createBenefit, { body }, house.officer);
  return { draft, body, merchant, clerk, params: { id: draft.id } };
}

describe('a draft', () => {
  it('is written anew with its merchants, and not once it was submitted', async () => {
    const { body, params } = await draftOne();
    const { merchant: other } = await house.openShop();
    const alsoAt = [{ merchantId: other.id, stock: 4 }];
    const change = (fields: object, by = house.approver) =>
      house.call(changeBenefit, { params, body: { ...body, ...fields } }, by);
    const changed = await change({ title: '剪发一次', alsoAt, perPersonPerDay: 1 });
    expect(changed).toMatchObject({ title: '剪发一次', available: 7, perPersonPerDay: 1 });
    expect(changed.merchants.map((one) => one.available).sort()).toEqual([3, 4]);
    await expect(change({ title: '低保名额' })).rejects.toMatchObject({
      slug: 'forbidden-benefit',
    });
    await expect(change({}, stranger)).rejects.toMatchObject({ slug: 'not-found' });
    const twice = [{ merchantId: body.merchantId, stock: 1 }];
    const window = { opensAt: '2026-12-02T00:00:00.000Z', closesAt: '2026-12-01T00:00:00.000Z' };
    for (const [fields, pointer] of [
      [{ alsoAt: twice }, '/alsoAt'],
      [window, '/closesAt'],
    ] as const) {
      await expect(change(fields)).rejects.toMatchObject({ document: { errors: [{ pointer }] } });
    }
    await house.call(submitBenefit, { params }, house.officer);
    await expect(change({})).rejects.toMatchObject({ slug: 'conflict' });
    expect(await house.findBroken()).toEqual([]);
  });

  it('comes back with the reason, and whoever changed or submitted it does not approve it', async () => {
    const { draft, body, params } = await draftOne();
    const { approver, officer } = house;
    await house.call(submitBenefit, { params }, officer);
    const sendBack = (by = approver) =>
      house.call(returnBenefit, { params, body: { reason: '请写明使用范围' } }, by);
    await expect(sendBack(stranger)).rejects.toMatchObject({ slug: 'not-found' });
    expect(await sendBack()).toMatchObject({ state: 'draft', refusal: '请写明使用范围' });
    await expect(sendBack()).rejects.toMatchObject({ slug: 'conflict' });
    await house.call(changeBenefit, { params, body }, approver);
    const resubmitted = await house.call(submitBenefit, { params }, approver);
    expect(resubmitted.refusal).toBeNull();
    await expect(house.approve(draft.id)).rejects.toMatchObject({ slug: 'conflict' });
    await expect(house.call(routes.publishBenefit, { params }, approver)).rejects.toMatchObject({
      slug: 'conflict',
    });
    const third = personAs('city-officer', { areaPaths: ['/1506/'] });
    for (const by of [officer, approver]) {
      await expect(house.call(approveBenefit, { params }, by)).rejects.toMatchObject({
        slug: 'own-proposal',
      });
    }
    expect((await house.call(approveBenefit, { params }, third)).state).toBe('approved');
  });
});

describe('the window of a benefit', () => {
  it('opens what was approved and ends what is over, by the time of the database', async () => {
    const at = (hours: number) =>
      new Date(house.clock.now().getTime() + hours * 3_600_000).toISOString();
    const { draft, params } = await draftOne({ opensAt: at(1), closesAt: at(3) });
    await house.approve(draft.id);
    const state = async () => (await house.call(readBenefit, { params }, house.officer)).state;
    await openAndEndBenefits(house.deps);
    expect(await state()).toBe('approved');
    await house.call(routes.publishBenefit, { params }, house.officer);
    const resident = house.newResident();
    const early = house.redeem(draft.id, resident);
    await expect(early).rejects.toMatchObject({ slug: 'not-published' });
    await expect(house.call(readBenefit, { params }, resident)).rejects.toMatchObject({
      slug: 'not-found',
    });
    const other = await draftOne({ opensAt: at(1), closesAt: null });
    await house.approve(other.draft.id);
    house.clock.advanceMs(2 * 3_600_000);
    await Promise.all([openAndEndBenefits(house.deps), openAndEndBenefits(house.deps)]);
    const opened = await house.call(readBenefit, { params: other.params }, resident);
    expect(opened.state).toBe('published');
    const { id } = await house.redeem(draft.id, resident);
    await house.reach(id, resident, 'issued');
    house.clock.advanceMs(2 * 3_600_000);
    await expect(house.redeem(draft.id, house.newResident())).rejects.toMatchObject({
      slug: 'not-published',
    });
    await openAndEndBenefits(house.deps);
    expect(await state()).toBe('ended');
    expect((await house.read(id, resident)).state).toBe('issued');
    expect(await house.findBroken()).toEqual([]);
  });

  it('may be interrupted by a pause, which takes no requests and keeps what was promised', async () => {
    const { benefit, resident, voucherId, clerk } = await house.issue({ title: '停车一小时' });
    const params = { id: benefit.id };
    expect((await house.call(pauseBenefit, { params }, house.officer)).state).toBe('paused');
    await expect(house.redeem(benefit.id, house.newResident())).rejects.toMatchObject({
      slug: 'not-published',
    });
    await house.verify(await house.codeOf(voucherId, resident), clerk);
    const resume = () => house.call(resumeBenefit, { params }, house.officer);
    expect((await resume()).state).toBe('published');
    await expect(resume()).rejects.toMatchObject({ slug: 'conflict' });
  });
});

describe('the words of a benefit on offer', () => {
  it('change by a version that somebody else approves, and what was sold keeps its own', async () => {
    const { benefit, resident, voucherId, redemptionId } = await house.issue({ stock: 9 });
    const params = { id: benefit.id };
    const body = { title: '奶茶一大杯', description: '限周末', picture: dot };
    const key = newId();
    const propose = (fields = {}) =>
      house.call(proposeText, { params, body: { ...body, ...fields } }, house.officer, key);
    const proposed = await propose();
    expect(await propose()).toEqual(proposed);
    const cleans = vi.spyOn(house.deps.pictures, 'clean');
    const caller = { principal: house.officer, key };
    expect(await proposeAgain(house.deps, caller, { params, body })).toEqual(proposed);
    expect(cleans).not.toHaveBeenCalled();
    expect(proposed).toMatchObject({ version: 2, state: 'proposed', hasPicture: true });
    const another = house.call(proposeText, { params, body }, house.approver);
    await expect(another).rejects.toMatchObject({ slug: 'conflict' });
    const approve = (by = house.approver) => house.call(approveText, { params }, by);
    await expect(approve(house.officer)).rejects.toMatchObject({ slug: 'own-proposal' });
    await expect(approve(stranger)).rejects.toMatchObject({ slug: 'not-found' });
    expect((await house.call(readBenefit, { params }, resident)).title).toBe('奶茶一杯');
    expect(await approve()).toMatchObject({ title: '奶茶一大杯', textVersion: 2 });
    await expect(approve()).rejects.toMatchObject({ slug: 'conflict' });
    expect((await house.read(redemptionId, resident)).benefitTitle).toBe('奶茶一杯');
    expect((await house.face(voucherId, resident)).benefitTitle).toBe('奶茶一杯');
    const later = house.newResident();
    expect((await house.redeem(benefit.id, later)).benefitTitle).toBe('奶茶一大杯');
    const words = { title: '优先入学', description: '' };
    await expect(
      house.call(proposeText, { params, body: words }, house.officer),
    ).rejects.toMatchObject({ slug: 'forbidden-benefit' });
    const good = { title: '奶茶两杯', description: '' };
    await house.call(proposeText, { params, body: good }, house.officer);
    await house.call(refuseText, { params }, house.approver);
    const { items } = await house.call(listTexts, { params, query: { limit: 2 } }, house.officer);
    expect(items.map(({ version, state }) => [version, state])).toEqual([
      [3, 'refused'],
      [2, 'approved'],
    ]);
    expect(await house.findBroken()).toEqual([]);
  });
});

describe('the picture of a benefit', () => {
  it('is made anew, shown to whom the benefit is, and kept as long as something shows it', async () => {
    const { draft, params } = await draftOne();
    const set = (data: string, by = house.officer) =>
      house.call(setBenefitPicture, { params, body: { data } }, by);
    await expect(set(Buffer.from('no picture').toString('base64'))).rejects.toMatchObject({
      slug: 'picture-refused',
    });
    await expect(set(dot, stranger)).rejects.toMatchObject({ slug: 'not-found' });
    expect((await set(dot)).hasPicture).toBe(true);
    const read = (by = house.officer) => house.call(readBenefitPicture, { params }, by);
    expect(
      Buffer.from(await read())
        .subarray(8, 12)
        .toString(),
    ).toBe('WEBP');
    const resident = house.newResident();
    await expect(read(resident)).rejects.toMatchObject({ slug: 'not-found' });
    await house.approve(draft.id);
    await expect(set(dot)).rejects.toMatchObject({ slug: 'conflict' });
    await house.call(routes.publishBenefit, { params }, house.officer);
    house.clock.advanceMs(3_600_000);
    await sweepPictures(house.deps);
    expect((await read(resident)).length).toBeGreaterThan(20);
  });
});
