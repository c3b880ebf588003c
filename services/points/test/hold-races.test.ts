import { CallProblem } from '@ddp/contracts/call';
import { postHold, readMyBalance, voidHold } from '@ddp/contracts/points/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

const dayMs = 86_400_000;
let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

const post = (id: string, key = newId()) =>
  house.call(postHold, { params: { id } }, house.rewards, key);
const giveBack = (id: string) => house.call(voidHold, { params: { id } }, house.rewards);

/** Somebody with so many times twenty points, a day for each, so that no cap stands in the way. */
async function richResident(times: number): Promise<PersonPrincipal> {
  const resident = await house.joined();
  for (let time = 0; time < times; time += 1) {
    await house.enrich(resident);
    house.clock.advanceMs(dayMs);
  }
  return resident;
}

/** A hold asked for until it is decided: an answer that all lines are busy has changed nothing. */
async function insistOnHold(resident: PersonPrincipal, amountPoints: number) {
  const terms = { id: newId() };
  const key = newId();
  for (;;) {
    try {
      return await house.hold(resident, amountPoints, terms, key);
    } catch (error) {
      if (!(error instanceof CallProblem) || error.slug !== 'busy') throw error;
    }
  }
}

/** How each hold of somebody ended, with its time and its deadline by the database. */
async function endsOf(holdIds: readonly string[]) {
  const rows = await house.sql(
    `SELECT t.kind, t.created_at, h.expires_at FROM points_ledger_transfer t
      JOIN points_ledger_hold h ON h.transfer_id = t.pending_id
      WHERE t.pending_id IN (${holdIds.map(() => '?').join(',')})`,
    ...holdIds.map(idToBinary),
  );
  return rows.map(({ kind, created_at, expires_at }) => ({
    isExpiry: kind === 'expire-pending',
    isAtDeadline: (created_at as Date) >= (expires_at as Date),
  }));
}

describe('holds at the same moment', () => {
  it('never take more than there is: a hundred of ten on five hundred points make fifty', async () => {
    const resident = await richResident(25);
    expect((await house.balance(resident)).points).toBe(500);
    const holds = Array.from({ length: 100 }, () => insistOnHold(resident, 10));
    const outcomes = await Promise.allSettled(holds);
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(50);
    const reasons = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.slug] : []));
    expect(new Set(reasons)).toEqual(new Set(['insufficient-points']));
    expect(await house.balance(resident)).toMatchObject({ points: 0, held: 500 });
  });

  it('by one key a hundred times are one hold and one answer; other terms are refused', async () => {
    const resident = await richResident(1);
    const key = newId();
    const terms = { id: newId(), expiresAt: '2030-01-01T00:00:00.000Z' };
    const asked = Array.from({ length: 100 }, () => house.hold(resident, 8, terms, key));
    const answers = await Promise.all(asked);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await house.balance(resident)).toMatchObject({ points: 12, held: 8 });
    await expect(house.hold(resident, 9, terms, key)).rejects.toMatchObject({
      document: { status: 422 },
    });
  });

  it('posted by one key a hundred times are spent once', async () => {
    const resident = await richResident(1);
    const { id } = await house.hold(resident, 8);
    const key = newId();
    const answers = await Promise.all(Array.from({ length: 100 }, () => post(id, key)));
    expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(['posted']));
    expect(await house.balance(resident)).toMatchObject({ points: 12, held: 0 });
    expect((await house.kinds(resident)).filter((kind) => kind === 'spending')).toHaveLength(1);
  });
});

it('posting, voiding and the deadline race: each hold ends once, as the database’s time says', async () => {
  const rounds = 40;
  const resident = await richResident(2);
  const ids: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const expiresAt = new Date(house.clock.now().getTime() + 60_000).toISOString();
    const { id } = await house.hold(resident, 1, { expiresAt });
    ids.push(id);
    const race = Promise.allSettled([post(id), giveBack(id), post(id), giveBack(id)]);
    // The deadline comes at another step of theirs in each round, and now and then behind them all.
    for (let turn = 0; turn < 3 * round; turn += 1) await new Promise(setImmediate);
    if (round % 8 === 7) await race;
    house.clock.advanceMs(60_000);
    const outcomes = await race;
    const states = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value.state] : []));
    expect(new Set(states).size).toBeLessThan(2);
  }
  await eventually(async () => (await house.call(readMyBalance, {}, resident)).held === 0);
  const ends = await endsOf(ids);
  expect(ends).toHaveLength(rounds);
  expect(ends.filter(({ isExpiry, isAtDeadline }) => isExpiry !== isAtDeadline)).toEqual([]);
  expect(new Set(ends.map(({ isExpiry }) => isExpiry)).size).toBe(2);
  expect(await house.audit()).toEqual([]);
});
