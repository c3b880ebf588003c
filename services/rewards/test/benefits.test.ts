import { approveBenefit, submitBenefit } from '@ddp/contracts/rewards/benefit-routes';
import * as routes from '@ddp/contracts/rewards/routes';
import { newId } from '@ddp/db-kit/ids';
import { anonymous, personAs } from '@ddp/testing/principals';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ isManual: true });
});
afterAll(() => house?.stop());

const stranger = personAs('banner-officer', { areaPaths: ['/1506/150602/'] });
const newMerchant = (fields = {}) => ({
  name: '草原奶茶馆',
  areaCode: '150603',
  ownerName: '图雅',
  ownerPhone: '13900000002',
  ...fields,
});
const newBenefit = (merchantId: string, fields = {}) => ({
  title: '理发一次',
  kind: 'service' as const,
  pricePoints: 20,
  stock: 3,
  merchantId,
  payer: 'subsidised' as const,
  ...fields,
});

describe('a merchant', () => {
  it('is registered once for one key, with one owner', async () => {
    const key = newId();
    const body = newMerchant();
    const create = () => house.call(routes.createMerchant, { body }, house.officer, key);
    const [a, b] = await Promise.all([create(), create()]);
    expect(a).toEqual(b);
    const owners = house.operators.filter((one) => one.merchantId === a.id);
    expect(new Set(owners.map((one) => one.key)).size).toBe(1);
    const listed = await house.call(routes.listMerchants, {}, house.officer);
    expect(listed.items).toContainEqual(a);
    expect((await house.call(routes.listMerchants, {}, stranger)).items).toEqual([]);
    const { rows } = await sql`SELECT * FROM rewards_audit WHERE object_id = ${a.id}`.execute(
      house.db,
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('图雅');
  });

  it('is refused outside the own area, in an unknown area and without a programme', async () => {
    const create = (areaCode: string, principal = house.officer) =>
      house.call(routes.createMerchant, { body: newMerchant({ areaCode }) }, principal);
    await expect(create('150602')).rejects.toMatchObject({ slug: 'not-found' });
    await expect(create('9999')).rejects.toMatchObject({ slug: 'unknown-area' });
    const far = personAs('city-officer', { areaPaths: ['/1501/'] });
    await expect(create('1501', far)).rejects.toMatchObject({ slug: 'no-programme' });
    await expect(create('150603', house.newResident())).rejects.toMatchObject({
      slug: 'forbidden',
    });
  });

  it('is not kept when the owner could not be registered, and a repeat makes up for it', async () => {
    const key = newId();
    const body = newMerchant();
    const create = () => house.call(routes.createMerchant, { body }, house.officer, key);
    const count = async () => (await house.call(routes.listMerchants, {}, house.officer)).items;
    const before = (await count()).length;
    house.state.isIdentityDown = true;
    await expect(create()).rejects.toMatchObject({ slug: 'busy' });
    expect(await count()).toHaveLength(before);
    house.state.isIdentityDown = false;
    const merchant = await create();
    expect(house.operators.some((one) => one.merchantId === merchant.id)).toBe(true);
  });
});

describe('a benefit', () => {
  it('goes from draft by another officer’s approval to published to withdrawn, and never back', async () => {
    const { merchant } = await house.openShop();
    const body = newBenefit(merchant.id);
    const key = newId();
    const create = () => house.call(routes.createBenefit, { body }, house.officer, key);
    const [draft, same] = await Promise.all([create(), create()]);
    expect(draft).toEqual(same);
    expect(draft).toMatchObject({ state: 'draft', available: 3, merchantName: merchant.name });
    const params = { id: draft.id };
    const submit = () => house.call(submitBenefit, { params }, house.officer);
    const approve = (by = house.approver) => house.call(approveBenefit, { params }, by);
    const publish = (by = house.officer) => house.call(routes.publishBenefit, { params }, by);
    const withdraw = (by = house.officer) => house.call(routes.withdrawBenefit, { params }, by);
    await expect(withdraw()).rejects.toMatchObject({ slug: 'conflict' });
    await expect(publish(stranger)).rejects.toMatchObject({ slug: 'not-found' });
    const resident = house.newResident();
    await expect(house.redeem(draft.id, resident)).rejects.toMatchObject({ slug: 'not-published' });
    await expect(publish()).rejects.toMatchObject({ slug: 'conflict' });
    await expect(approve()).rejects.toMatchObject({ slug: 'conflict' });
    expect((await submit()).state).toBe('submitted');
    await expect(submit()).rejects.toMatchObject({ slug: 'conflict' });
    await expect(approve(house.officer)).rejects.toMatchObject({ slug: 'own-proposal' });
    await expect(approve(stranger)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(publish()).rejects.toMatchObject({ slug: 'conflict' });
    expect((await approve()).state).toBe('approved');
    expect((await publish()).state).toBe('published');
    await expect(publish()).rejects.toMatchObject({ slug: 'conflict' });
    await expect(withdraw(stranger)).rejects.toMatchObject({ slug: 'not-found' });
    expect((await withdraw()).state).toBe('withdrawn');
    await expect(publish()).rejects.toMatchObject({ slug: 'conflict' });
    await expect(house.redeem(draft.id, resident)).rejects.toMatchObject({ slug: 'not-published' });
  });

  it('never prices a basic public service, at its draft nor at its publication', async () => {
    const { merchant } = await house.openShop();
    for (const fields of [
      { title: '重点小学入学名额' },
      { title: '优先就医' },
      { description: '可抵扣医 保费用' },
      { description: '公租房排队提前' },
    ]) {
      const body = newBenefit(merchant.id, fields);
      await expect(house.call(routes.createBenefit, { body }, house.officer)).rejects.toMatchObject(
        {
          slug: 'forbidden-benefit',
          document: { status: 422, errors: [{ pointer: `/${Object.keys(fields)[0]}` }] },
        },
      );
    }
    const kind = 'housing' as 'goods';
    await expect(
      house.call(routes.createBenefit, { body: newBenefit(merchant.id, { kind }) }, house.officer),
    ).rejects.toMatchObject({ slug: 'invalid-request' });
    const body = newBenefit(merchant.id);
    const { id } = await house.call(routes.createBenefit, { body }, house.officer);
    await sql`UPDATE rewards_benefit SET title = '低保名额' WHERE title = '理发一次' AND state = 'draft'`.execute(
      house.db,
    );
    await expect(house.approve(id)).rejects.toMatchObject({ slug: 'forbidden-benefit' });
  });

  it('needs a merchant of the own area, and an officer', async () => {
    const { merchant } = await house.openShop();
    const create = (merchantId: string, principal = house.officer) =>
      house.call(routes.createBenefit, { body: newBenefit(merchantId) }, principal);
    await expect(create(newId())).rejects.toMatchObject({ slug: 'unknown-merchant' });
    await expect(create(merchant.id, stranger)).rejects.toMatchObject({ slug: 'unknown-merchant' });
    const auditor = personAs('auditor', { areaPaths: ['/1506/'] });
    await expect(create(merchant.id, auditor)).rejects.toMatchObject({ slug: 'forbidden' });
  });
});

it('shows residents the offer of their programme, staff their area, a shop its own', async () => {
  const first = await house.offer({ title: '停车两小时', kind: 'space' });
  const second = await house.offer({ title: '停车一小时', kind: 'space' });
  const body = newBenefit(first.merchant.id, { title: '停车月卡', kind: 'space' });
  const draft = await house.call(routes.createBenefit, { body }, house.officer);
  const list = async (principal = house.newResident(), query = {}) => {
    const page = await house.call(
      routes.listBenefits,
      { query: { search: '停车', kind: 'space', ...query } },
      principal,
    );
    return { ...page, ids: page.items.map((benefit) => benefit.id) };
  };
  const offered = [second.benefit.id, first.benefit.id];
  expect((await list()).ids).toEqual(offered);
  const elsewhere = personAs('resident', { programmeId: newId() });
  expect((await list(elsewhere)).ids).toEqual([]);
  expect((await list(personAs('resident'))).ids).toEqual([]);
  expect((await list(house.officer)).ids).toEqual([draft.id, ...offered]);
  expect((await list(stranger)).ids).toEqual([]);
  expect((await list(first.clerk)).ids).toEqual([draft.id, first.benefit.id]);
  const page = await list(house.newResident(), { limit: 1 });
  expect(page.ids).toEqual([second.benefit.id]);
  const cursor = page.nextCursor ?? '';
  expect((await list(house.newResident(), { limit: 1, cursor })).ids).toEqual([first.benefit.id]);
  expect((await list(house.newResident(), { search: '%' })).ids).toEqual([]);
  await expect(house.call(routes.listBenefits, {}, anonymous)).rejects.toMatchObject({
    slug: 'not-signed-in',
  });
  expect(await house.findBroken()).toEqual([]);
});
