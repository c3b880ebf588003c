import {
  closeAccount,
  createAccounts,
  listAccounts,
  listAccountTransfers,
  listTransfers,
  postTransfers,
  readAccount,
  readAccountBalance,
  readTransfer,
} from '@ddp/contracts/points/routes';
import type { RouteInput } from '@ddp/contracts/route';
import { newId } from '@ddp/db-kit/ids';
import { anonymous, personAs, serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
const rewards = serviceAs('rewards');
const volunteering = serviceAs('volunteering');
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

async function open(fields: { code?: number; reference?: string } = {}): Promise<string> {
  const id = newId();
  const terms = { unit: 'cents' as const, code: 4_001, limit: 'none' as const, ...fields };
  await house.call(createAccounts, { body: { accounts: [{ id, ...terms }] } }, rewards);
  return id;
}

async function pay(from: string, to: string, amount: number, fields = {}): Promise<string> {
  const sides = { debitAccountId: from, creditAccountId: to };
  const transfer = { id: newId(), ...sides, amount, unit: 'cents' as const, code: 7, ...fields };
  await house.call(postTransfers, { body: { transfers: [transfer] } }, rewards);
  return transfer.id;
}
const by = (id: string) => ({ params: { id } });

/** Every item of a list, two a page. */
async function listAll(query: RouteInput<typeof listAccounts>['query']): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const input = { query: { ...query, limit: 2, ...(cursor ? { cursor } : {}) } };
    const page = await house.call(listAccounts, input, rewards);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return ids;
}

it('are listed by unit, code and reference, page after page', async () => {
  const reference = `shop:${newId()}`;
  const codes = [4_002, 4_001, 4_002, 4_001, 4_999];
  const ids = new Map<string, number>();
  for (const code of codes) ids.set(await open({ code, reference }), code);
  const other = await open();
  const found = await listAll({ reference });
  expect(found.map((id) => ids.get(id))).toEqual(codes.toSorted((a, b) => a - b));
  expect(await listAll({ reference, code: 4_002 })).toHaveLength(2);
  expect(await listAll({ unit: 'cents' })).toEqual(expect.arrayContaining([...found, other]));
  expect(await listAll({ unit: 'minutes' })).toEqual([]);
  expect(await listAll({ code: 5_001 })).toEqual([]);
  expect(await house.call(readAccount, by(found[0] ?? ''), rewards)).toMatchObject({ reference });
});

it('are closed for good, not while something is pending, and once for any number of times', async () => {
  const [bank, shop] = [await open(), await open()];
  const expiresAt = new Date(house.clock.now().getTime() + 60_000).toISOString();
  const held = await pay(bank, shop, 5, { kind: 'pending', expiresAt });
  await expect(house.call(closeAccount, by(shop), rewards)).rejects.toMatchObject({
    slug: 'account-has-holds',
  });
  const voiding = { kind: 'void-pending' as const, id: newId(), code: 1, pendingId: held };
  await house.call(postTransfers, { body: { transfers: [voiding] } }, rewards);
  const closings = await Promise.all(
    [1, 2, 3].map(() => house.call(closeAccount, by(shop), rewards)),
  );
  expect(new Set(closings.map(({ closedAt }) => closedAt)).size).toBe(1);
  expect(closings[0]?.closedAt).not.toBeNull();
  const late = { id: newId(), debitAccountId: bank, creditAccountId: shop };
  const body = { transfers: [{ ...late, amount: 1, unit: 'cents' as const, code: 1 }] };
  const { results } = await house.call(postTransfers, { body }, rewards);
  expect(results).toMatchObject([{ status: 'refused', problem: 'account-closed' }]);
  expect(await house.audit()).toEqual([]);
});

it('tell their history and what stood on them at any instant', async () => {
  const [bank, shop] = [await open(), await open()];
  const paid: string[] = [];
  for (const amount of [1, 2, 3, 4, 5]) {
    paid.unshift(await pay(bank, shop, amount));
    house.clock.advanceMs(1_000);
  }
  const first = await house.call(
    listAccountTransfers,
    { ...by(shop), query: { limit: 3 } },
    rewards,
  );
  const cursor = first.nextCursor ?? '';
  const rest = await house.call(listAccountTransfers, { ...by(shop), query: { cursor } }, rewards);
  const history = [...first.items, ...rest.items];
  expect(history.map(({ id }) => id)).toEqual(paid);
  expect(rest.nextCursor).toBeNull();
  for (const { createdAt: at, amount } of history) {
    const seen = await house.call(readAccountBalance, { ...by(shop), query: { at } }, rewards);
    const creditsPosted = (amount * (amount + 1)) / 2;
    expect(seen).toMatchObject({ at, creditsPosted, debitsPosted: 0, isFinal: amount < 5 });
  }
  const now = await house.call(readAccountBalance, by(shop), rewards);
  expect(now).toMatchObject({ accountId: shop, creditsPosted: 15 });
  const at = new Date(house.clock.now().getTime() + 60_000).toISOString();
  await expect(
    house.call(readAccountBalance, { ...by(shop), query: { at } }, rewards),
  ).rejects.toMatchObject({ document: { status: 400, errors: [{ pointer: 'at' }] } });
});

it('have transfers that are found by id and by reference', async () => {
  const [bank, shop] = [await open(), await open()];
  const reference = `order:${newId()}`;
  const expiresAt = new Date(house.clock.now().getTime() + 60_000).toISOString();
  const ids = [
    await pay(bank, shop, 1, { reference }),
    await pay(bank, shop, 2, { reference, kind: 'pending', expiresAt }),
    await pay(bank, shop, 3, { reference }),
  ];
  await pay(bank, shop, 4);
  expect(await house.call(readTransfer, by(ids[1] ?? ''), rewards)).toMatchObject({
    ...{ kind: 'pending', amount: 2, reference, expiresAt, holdState: 'open', unit: 'cents' },
  });
  const first = await house.call(listTransfers, { query: { reference, limit: 2 } }, rewards);
  const cursor = first.nextCursor ?? '';
  const rest = await house.call(listTransfers, { query: { reference, cursor } }, rewards);
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
  expect(rest.nextCursor).toBeNull();
});

it('are shown to nobody but the service they belong to', async () => {
  const [bank, shop] = [await open(), await open()];
  const reference = `order:${newId()}`;
  const paid = await pay(bank, shop, 5, { reference });
  for (const route of [readAccount, closeAccount, listAccountTransfers, readAccountBalance]) {
    await expect(house.call(route, by(shop), volunteering)).rejects.toMatchObject({
      document: { status: 404 },
    });
  }
  await expect(house.call(readTransfer, by(paid), volunteering)).rejects.toMatchObject({
    document: { status: 404 },
  });
  const query = { reference };
  expect((await house.call(listTransfers, { query }, volunteering)).items).toEqual([]);
  expect((await house.call(listAccounts, {}, volunteering)).items).toEqual([]);
  for (const [caller, status] of [
    [serviceAs('codes'), 403],
    [personAs('administrator'), 403],
    [anonymous, 403],
  ] as const) {
    await expect(house.call(listAccounts, {}, caller)).rejects.toMatchObject({
      document: { status },
    });
    await expect(house.call(listTransfers, { query }, caller)).rejects.toMatchObject({
      document: { status },
    });
  }
});
