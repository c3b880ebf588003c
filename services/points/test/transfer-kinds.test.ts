import { createAccounts, postTransfers, readAccount } from '@ddp/contracts/points/routes';
import type { RouteInput } from '@ddp/contracts/route';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

type NewTransfer = RouteInput<typeof postTransfers>['body']['transfers'][number];

let house: House;
let bank: string;
let shop: string;
const rewards = serviceAs('rewards');
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

async function openAccounts(): Promise<void> {
  const terms = { unit: 'cents' as const, code: 4_001, limit: 'none' as const };
  [bank, shop] = [newId(), newId()];
  const accounts = [bank, shop].map((id) => ({ id, ...terms }));
  await house.call(createAccounts, { body: { accounts } }, rewards);
}

function pending(amount: number, fields = {}) {
  const expiresAt = new Date(house.clock.now().getTime() + 60_000).toISOString();
  const sides = { debitAccountId: bank, creditAccountId: shop };
  const terms = { amount, unit: 'cents' as const, code: 1, expiresAt };
  return { kind: 'pending' as const, id: newId(), ...sides, ...terms, ...fields };
}
const post = (pendingId: string, fields: { amount?: number; isLinked?: boolean } = {}) => ({
  ...{ kind: 'post-pending' as const, id: newId(), code: 1, pendingId },
  ...fields,
});
const voiding = (pendingId: string) => ({
  ...{ kind: 'void-pending' as const, id: newId(), code: 1, pendingId },
});

async function statusesOf(transfers: NewTransfer[], caller = rewards): Promise<string[]> {
  const { results } = await house.call(postTransfers, { body: { transfers } }, caller);
  return results.map((one) => one.problem ?? one.status);
}
async function sums() {
  const account = await house.call(readAccount, { params: { id: shop } }, rewards);
  return [account.creditsPosted, account.creditsPending];
}

it('hold an amount, and move it whole, in part or not at all, once', async () => {
  await openAccounts();
  const [whole, part, none] = [pending(5), pending(7), pending(9)];
  expect(await statusesOf([whole, part, none])).toEqual(['created', 'created', 'created']);
  expect(await sums()).toEqual([0, 21]);
  const ends = [post(whole.id), post(part.id, { amount: 3 }), voiding(none.id)];
  expect(await statusesOf(ends)).toEqual(['created', 'created', 'created']);
  expect(await sums()).toEqual([8, 0]);
  expect(await statusesOf(ends)).toEqual(['exists', 'exists', 'exists']);
  expect(
    await statusesOf([voiding(whole.id), post(none.id), post(newId()), { ...whole, amount: 6 }]),
  ).toEqual([
    'hold-already-posted',
    'hold-already-voided',
    'hold-not-found',
    'id-used-with-other-fields',
  ]);
  expect(await statusesOf([pending(5)])).toEqual(['created']);
  expect(await sums()).toEqual([8, 5]);
});

it('stand or fall together, whatever their kind', async () => {
  await openAccounts();
  const held = pending(4, { isLinked: true });
  expect(await statusesOf([held, post(held.id, { isLinked: true }), voiding(held.id)])).toEqual([
    'linked-transfer-refused',
    'linked-transfer-refused',
    'hold-already-posted',
  ]);
  expect(await statusesOf([held, post(held.id)])).toEqual(['created', 'created']);
  expect(await sums()).toEqual([4, 0]);
});

it('are over at their deadline before any sweep, and are swept then', async () => {
  await openAccounts();
  const holds = [pending(4), pending(6)];
  await statusesOf(holds);
  const resident = await house.joined();
  await house.enrich(resident);
  const expiresAt = new Date(house.clock.now().getTime() + 60_000).toISOString();
  const { id: ofPerson } = await house.hold(resident, 3, { expiresAt });
  house.clock.advanceMs(60_000);
  const [first, second] = holds;
  const late = [post(first?.id ?? ''), voiding(second?.id ?? '')];
  const seen = await statusesOf(late);
  expect(seen.every((one) => /^hold-(already-)?expired$/.test(one))).toBe(true);
  await eventually(async () => (await sums())[1] === 0);
  expect(await statusesOf(late)).toEqual(['hold-already-expired', 'hold-already-expired']);
  expect(await sums()).toEqual([0, 0]);
  // The hold of a person has a line and a row of its own, and its own sweep.
  await eventually(async () => (await house.balance(resident)).held === 0);
  expect(await house.kinds(resident)).toEqual(['return', 'hold', 'award']);
  expect(ofPerson).toMatch(/-/);
  expect(await house.audit()).toEqual([]);
});

it('end once where many end them at the same moment', async () => {
  await openAccounts();
  const holds = Array.from({ length: 40 }, () => pending(1));
  await statusesOf(holds);
  const outcomes = await Promise.all(
    holds.flatMap(({ id }) =>
      [post(id), voiding(id), post(id)].map(async (end) => (await statusesOf([end]))[0]),
    ),
  );
  expect(outcomes.filter((one) => one === 'created')).toHaveLength(40);
  expect((await sums())[1]).toBe(0);
});

it('cannot touch what another service or a person holds', async () => {
  await openAccounts();
  const volunteering = serviceAs('volunteering');
  const held = pending(4);
  await statusesOf([held]);
  const resident = await house.joined();
  await house.enrich(resident);
  const { id: ofPerson } = await house.hold(resident, 3);
  // Naming the hold by an id of one's own in the same request does not help either.
  const disguised = { ...held, unit: 'minutes' as const };
  for (const [transfers, caller] of [
    [[post(held.id)], volunteering],
    [[voiding(held.id)], volunteering],
    [[disguised, post(held.id)], volunteering],
    [[voiding(ofPerson)], rewards],
    [[{ ...pending(1), id: ofPerson }, post(ofPerson)], rewards],
  ] as const) {
    await expect(statusesOf([...transfers], caller)).rejects.toMatchObject({
      slug: 'foreign-account',
    });
  }
  expect(await sums()).toEqual([0, 4]);
  expect((await house.balance(resident)).held).toBe(3);
});

it('come 8,000 at a time, and name the field that is wrong', async () => {
  await openAccounts();
  const many = Array.from({ length: 8_000 }, () => pending(1, { reference: 'r'.repeat(20) }));
  expect(new Set(await statusesOf(many))).toEqual(new Set(['created']));
  expect(await sums()).toEqual([0, 8_000]);
  const { expiresAt: _expiresAt, ...endless } = pending(1);
  for (const [transfer, pointer] of [
    [endless, '/transfers/0/expiresAt'],
    [{ ...pending(1), kind: 'expire-pending' }, '/transfers/0/kind'],
    [{ ...voiding(newId()), amount: 1 }, '/transfers/0/amount'],
    [post(newId(), { amount: 0 }), '/transfers/0/amount'],
    [{ ...post(newId()), pendingId: 'x' }, '/transfers/0/pendingId'],
  ] as const) {
    await expect(statusesOf([transfer as NewTransfer])).rejects.toMatchObject({
      document: { status: 400, errors: [{ pointer }] },
    });
  }
});
