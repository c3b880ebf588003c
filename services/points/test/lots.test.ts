import { civilDateOf } from '@ddp/calendar/civil-date';
import { postHold, readMyStatement, voidHold } from '@ddp/contracts/points/routes';
import { eventually } from '@ddp/testing/module-harness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { up as openHolds } from '../migrations/0028_insert_hold_entries.ts';
import { up as openEntries } from '../migrations/0029_insert_opening_entries.ts';
import { up as openLots } from '../migrations/0030_insert_opening_lots.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

const dayMs = 86_400_000;
const to = (instant: string) => house.clock.setTo(new Date(instant));
const lotsOf = async (resident: Parameters<House['balance']>[0]) =>
  (await house.balance(resident)).lots;

describe('points', () => {
  it('expire at the end of the next year, by the database’s clock, and the standing stays', async () => {
    to('2031-03-01T04:00:00Z');
    const resident = await house.joined();
    await house.enrich(resident);
    expect(await lotsOf(resident)).toEqual([{ expiresOn: '2032-12-31', points: 20 }]);
    to('2032-12-31T15:59:00Z');
    await expect(house.hold(resident, 20)).resolves.toMatchObject({ state: 'held' });
    const late = await house.joined();
    await house.enrich(late);
    to('2034-01-01T00:00:00Z');
    await eventually(async () => (await house.balance(late)).points === 0);
    expect(await house.balance(late)).toMatchObject({ standing: 20, lots: [] });
    expect(await house.kinds(late)).toEqual(['expiry', 'award']);
    expect(await house.audit()).toEqual([]);
  });

  it('are spent from what expires first, and a return goes to its lots with thirty days left', async () => {
    to('2040-05-01T04:00:00Z');
    const resident = await house.joined();
    await house.enrich(resident);
    to('2041-05-01T04:00:00Z');
    await house.enrich(resident);
    to('2041-12-20T04:00:00Z');
    const { id } = await house.hold(resident, 25);
    expect(await lotsOf(resident)).toEqual([{ expiresOn: '2042-12-31', points: 15 }]);
    await house.call(voidHold, { params: { id } }, house.rewards);
    expect(await lotsOf(resident)).toEqual([
      { expiresOn: '2042-01-19', points: 20 },
      { expiresOn: '2042-12-31', points: 20 },
    ]);
    const { items } = await house.call(readMyStatement, {}, resident);
    expect(items[0]).toMatchObject({
      kind: 'return',
      pointsChange: 0,
      lots: [
        { expiresOn: '2041-12-31', change: -20 },
        { expiresOn: '2042-01-19', change: 20 },
      ],
    });
    expect(await house.audit()).toEqual([]);
  });

  it('that are held do not expire, and may still be spent', async () => {
    to('2050-06-01T04:00:00Z');
    const resident = await house.joined();
    await house.enrich(resident);
    to('2051-12-31T04:00:00Z');
    const expiresAt = new Date(house.clock.now().getTime() + 30 * dayMs).toISOString();
    const { id } = await house.hold(resident, 8, { expiresAt });
    to('2052-01-02T04:00:00Z');
    await eventually(async () => (await house.balance(resident)).points === 0);
    expect(await house.balance(resident)).toMatchObject({ held: 8 });
    const posted = await house.call(postHold, { params: { id } }, house.rewards);
    expect(posted.state).toBe('posted');
    expect(await house.balance(resident)).toMatchObject({ points: 0, held: 0 });
    expect(await house.audit()).toEqual([]);
  });

  it('cannot be held after their last day, even while no sweep comes', async () => {
    const idle = await openHouse({ DDP_ROLE: 'http' });
    try {
      const resident = await idle.joined();
      await idle.enrich(resident);
      idle.clock.advanceMs(3 * 366 * dayMs);
      expect((await idle.balance(resident)).points).toBe(20);
      await expect(idle.hold(resident, 1)).rejects.toMatchObject({ slug: 'insufficient-points' });
    } finally {
      await idle.stop();
    }
  });
});

it('finds lots for points that were there before lots began', async () => {
  // The migration counts from the machine's own day, and so does what is held.
  to(new Date().toISOString());
  const nextYear = Number(civilDateOf(new Date()).slice(0, 4)) + 1;
  const resident = await house.joined();
  await house.enrich(resident, 2);
  await house.hold(resident, 15);
  await house.sql('DELETE FROM points_lot');
  await house.sql('DELETE FROM points_lot_entry');
  for (const up of [openHolds, openEntries, openLots]) await up(house.db as never);
  for (const up of [openHolds, openEntries, openLots]) await up(house.db as never);
  expect(await lotsOf(resident)).toEqual([{ expiresOn: `${nextYear}-12-31`, points: 25 }]);
  expect(await house.audit()).toEqual([]);
});

describe('a statement', () => {
  it('says of any day what the meters were, and after each line what they had become', async () => {
    to('2070-06-01T04:00:00Z');
    const resident = await house.joined();
    await house.enrich(resident);
    to('2070-06-03T15:59:59Z');
    await house.enrich(resident);
    to('2070-06-03T16:00:00Z');
    await house.enrich(resident);
    const on = async (day?: string, limit = 20) =>
      house.call(readMyStatement, { query: { ...(day ? { on: day } : {}), limit } }, resident);
    expect(await on('2070-05-31')).toMatchObject({ standing: 0, points: 0, items: [] });
    expect(await on('2070-06-02')).toMatchObject({ standing: 20, points: 20 });
    expect(await on('2070-06-03')).toMatchObject({ standing: 40, points: 40 });
    const now = await on(undefined, 2);
    expect(now).toMatchObject({ standing: 60, points: 60 });
    expect(now.items.map((line) => line.pointsAfter)).toEqual([60, 40]);
    const query = { cursor: now.nextCursor ?? '' };
    const rest = await house.call(readMyStatement, { query }, resident);
    expect(rest.items.map((line) => line.standingAfter)).toEqual([20]);
  });
});

it('lets no hand write a debt: the schema refuses a balance or a lot below zero', async () => {
  const resident = await house.joined();
  await house.enrich(resident);
  const account = 'UPDATE points_ledger_account SET debits_posted = credits_posted + 1';
  await expect(house.sql(`${account} WHERE code IN (11, 12)`)).rejects.toThrow();
  await expect(house.sql('UPDATE points_lot SET free = -1')).rejects.toThrow();
  expect(await house.audit()).toEqual([]);
});
