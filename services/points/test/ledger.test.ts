import { createAccounts, postTransfers, readAccount } from '@ddp/contracts/points/routes';
import { newId } from '@ddp/db-kit/ids';
import { serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
const rewards = serviceAs('rewards');
const volunteering = serviceAs('volunteering');
beforeAll(async () => {
  house = await openHouse({ LEDGER_GROUP_MAX: '50', LEDGER_QUEUE_MAX: '3300' });
});
afterAll(() => house?.stop());

async function openAccounts(count: number, limit: 'none' | 'debits-may-not-exceed-credits') {
  const terms = { unit: 'cents' as const, code: 4_001, limit };
  const accounts = Array.from({ length: count }, () => ({ ...terms, id: newId() }));
  await house.call(createAccounts, { body: { accounts } }, rewards);
  return accounts.map(({ id }) => id);
}

function transfer(from: string, to: string, amount: number, fields = {}) {
  const sides = { debitAccountId: from, creditAccountId: to };
  return { id: newId(), ...sides, amount, unit: 'cents' as const, code: 1, ...fields };
}

const send = (...transfers: ReturnType<typeof transfer>[]) =>
  house.call(postTransfers, { body: { transfers } }, rewards);
const statusesOf = async (...transfers: ReturnType<typeof transfer>[]) =>
  (await send(...transfers)).results.map((one) => one.problem ?? one.status);
const balanceOf = async (id: string) => {
  const account = await house.call(readAccount, { params: { id } }, rewards);
  return account.creditsPosted - account.debitsPosted;
};

describe('transfers of a service', () => {
  it('give a verdict each, and the first one to a repeat', async () => {
    const [bank = '', shop = ''] = await openAccounts(2, 'none');
    const paid = transfer(bank, shop, 500);
    expect(await statusesOf(paid)).toEqual(['created']);
    expect(await statusesOf(paid)).toEqual(['exists']);
    expect(await statusesOf({ ...paid, amount: 501 })).toEqual(['id-used-with-other-fields']);
    expect(await statusesOf(transfer(bank, newId(), 1))).toEqual(['account-not-found']);
    expect(await balanceOf(shop)).toBe(500);
  });

  it('stand or fall together when they are linked', async () => {
    const [bank = ''] = await openAccounts(1, 'none');
    const [a = '', b = ''] = await openAccounts(2, 'debits-may-not-exceed-credits');
    const linked = { isLinked: true };
    expect(
      await statusesOf(
        transfer(bank, a, 10, linked),
        transfer(a, b, 11),
        transfer(bank, b, 3, linked),
        transfer(b, a, 2),
      ),
    ).toEqual(['linked-transfer-refused', 'exceeds-limit', 'created', 'created']);
    expect([await balanceOf(a), await balanceOf(b)]).toEqual([2, 1]);
    await expect(send(transfer(bank, a, 1, linked))).rejects.toMatchObject({
      document: { status: 400, errors: [{ pointer: '/transfers/0/isLinked' }] },
    });
  });

  it('come through in bulk and in parallel with single ones, each once', async () => {
    const [bank = '', hot = ''] = await openAccounts(2, 'none');
    const bulk = Array.from({ length: 3_000 }, () => transfer(bank, hot, 1));
    const singles = Array.from({ length: 200 }, () => transfer(bank, hot, 1));
    const [many, ...one] = await Promise.all([send(...bulk), ...singles.map((each) => send(each))]);
    expect(many?.results.every(({ status }) => status === 'created')).toBe(true);
    expect(one.flatMap(({ results }) => results).every((r) => r.status === 'created')).toBe(true);
    expect(await balanceOf(hot)).toBe(3_200);
    expect(await house.audit()).toEqual([]);
  });

  it('are refused whole, with a time to come back, when too many wait', async () => {
    const [bank = '', hot = ''] = await openAccounts(2, 'none');
    const calls = Array.from({ length: 40 }, () =>
      send(...Array.from({ length: 200 }, () => transfer(bank, hot, 1))),
    );
    const outcomes = await Promise.allSettled(calls);
    const written = outcomes.filter((one) => one.status === 'fulfilled').length * 200;
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused.length).toBeGreaterThan(0);
    for (const reason of refused) expect(reason).toMatchObject({ document: { status: 503 } });
    expect(await balanceOf(hot)).toBe(written);
  });
});

describe('the accounts of a service', () => {
  it('are its own: another can neither make, read nor move them', async () => {
    const [bank = '', shop = ''] = await openAccounts(2, 'none');
    await expect(
      house.call(readAccount, { params: { id: shop } }, volunteering),
    ).rejects.toMatchObject({ document: { status: 404 } });
    const stolen = { ...transfer(bank, shop, 1), unit: 'minutes' as const };
    await expect(
      house.call(postTransfers, { body: { transfers: [stolen] } }, volunteering),
    ).rejects.toMatchObject({ slug: 'foreign-account' });
    const accounts = [{ id: newId(), unit: 'points' as const, code: 12, limit: 'none' as const }];
    await expect(house.call(createAccounts, { body: { accounts } }, rewards)).rejects.toMatchObject(
      { slug: 'foreign-account' },
    );
    await expect(
      house.call(createAccounts, { body: { accounts } }, serviceAs('codes')),
    ).rejects.toMatchObject({ document: { status: 403 } });
  });

  it('may be made again, but not as another one', async () => {
    const account = { id: newId(), unit: 'cents' as const, code: 4_001, limit: 'none' as const };
    await house.call(createAccounts, { body: { accounts: [account] } }, rewards);
    await house.call(createAccounts, { body: { accounts: [account] } }, rewards);
    const other = { ...account, code: 4_002 };
    await expect(
      house.call(createAccounts, { body: { accounts: [other] } }, rewards),
    ).rejects.toMatchObject({ slug: 'id-used-with-other-fields' });
  });
});

it('refuses amounts that are no whole numbers above zero', async () => {
  const [bank = '', shop = ''] = await openAccounts(2, 'none');
  for (const amount of [0, -1, 1.5, 10 ** 10, Number.NaN]) {
    await expect(send(transfer(bank, shop, amount))).rejects.toMatchObject({
      document: { status: 400, errors: [{ pointer: '/transfers/0/amount' }] },
    });
  }
  expect(await balanceOf(shop)).toBe(0);
});
