import { postHold, readHold, voidHold } from '@ddp/contracts/points/routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

const post = (id: string) => house.call(postHold, { params: { id } }, house.rewards);
const giveBack = (id: string) => house.call(voidHold, { params: { id } }, house.rewards);

describe('a hold', () => {
  it('takes points aside; posting spends them, and only once', async () => {
    const resident = await house.joined();
    await house.enrich(resident);
    const { id, state } = await house.hold(resident, 8);
    expect(state).toBe('held');
    expect(await house.balance(resident)).toMatchObject({ standing: 20, points: 12, held: 8 });
    expect((await post(id)).state).toBe('posted');
    expect((await post(id)).state).toBe('posted');
    expect(await house.balance(resident)).toMatchObject({ standing: 20, points: 12, held: 0 });
    await expect(giveBack(id)).rejects.toMatchObject({ slug: 'hold-closed' });
    expect(await house.kinds(resident)).toEqual(['spending', 'hold', 'award']);
  });

  it('gives everything back when it is voided, and can then not be posted', async () => {
    const resident = await house.joined();
    await house.enrich(resident);
    const { id } = await house.hold(resident, 8);
    await giveBack(id);
    await giveBack(id);
    await expect(post(id)).rejects.toMatchObject({ slug: 'hold-closed' });
    expect(await house.balance(resident)).toMatchObject({ points: 20, held: 0 });
  });

  it('is shown with its entries in the order of the chain, to who may hold points', async () => {
    const resident = await house.joined();
    await house.enrich(resident);
    const { id } = await house.hold(resident, 8);
    const read = (by = house.rewards, params = { id }) => house.call(readHold, { params }, by);
    expect(await read()).toMatchObject({ id, state: 'held', entries: [{ id, kind: 'placed' }] });
    await giveBack(id);
    const { state, entries } = await read();
    expect(state).toBe('voided');
    expect(entries.map(({ kind, amountPoints }) => [kind, amountPoints])).toEqual([
      ['placed', 8],
      ['voided', 8],
    ]);
    await expect(read(serviceAs('codes'))).rejects.toMatchObject({ slug: 'forbidden' });
    const unknown = read(house.rewards, { id: newId() });
    await expect(unknown).rejects.toMatchObject({ slug: 'hold-not-found' });
  });

  it('expires by the database’s time: refused after its deadline, given back by the sweep', async () => {
    const resident = await house.joined();
    await house.enrich(resident);
    const { id } = await house.hold(resident, 8);
    house.clock.advanceMs(25 * 3_600_000);
    await expect(post(id)).rejects.toMatchObject({ document: { status: 409 } });
    await eventually(async () => (await house.balance(resident)).held === 0);
    expect((await house.balance(resident)).points).toBe(20);
    expect((await house.kinds(resident))[0]).toBe('return');
  });

  it('is refused where points, level or the deadline do not reach, and changes nothing', async () => {
    const resident = await house.joined();
    await house.enrich(resident);
    await expect(house.hold(resident, 21)).rejects.toMatchObject({ slug: 'insufficient-points' });
    await expect(house.hold(resident, 5, { minimumStanding: 21 })).rejects.toMatchObject({
      slug: 'level-too-low',
    });
    const past = new Date(house.clock.now().getTime() - 1_000).toISOString();
    await expect(house.hold(resident, 5, { expiresAt: past })).rejects.toMatchObject({
      slug: 'hold-expired',
    });
    await expect(house.hold(resident, 5, { personId: newId() })).rejects.toMatchObject({
      slug: 'not-participating',
    });
    expect(await house.balance(resident)).toMatchObject({ points: 20, held: 0 });
  });

  it('is the same hold for the same id, and refused for the id with other fields', async () => {
    const resident = await house.joined();
    await house.enrich(resident);
    const terms = { id: newId(), expiresAt: '2030-01-01T00:00:00.000Z' };
    const [a, b] = await Promise.all([
      house.hold(resident, 8, terms),
      house.hold(resident, 8, terms),
    ]);
    expect(a).toEqual(b);
    await expect(house.hold(resident, 9, terms)).rejects.toMatchObject({
      slug: 'id-used-with-other-fields',
    });
    await post(terms.id);
    expect((await house.hold(resident, 8, terms)).state).toBe('posted');
  });

  it('never takes more than there is: a hundred holds of ten on forty points make four', async () => {
    const resident = await house.joined();
    await house.enrich(resident, 2);
    const holds = Array.from({ length: 100 }, () => house.hold(resident, 10));
    const outcomes = await Promise.allSettled(holds);
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(4);
    const reasons = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.slug] : []));
    expect(new Set(reasons)).toEqual(new Set(['insufficient-points']));
    expect(await house.balance(resident)).toMatchObject({ points: 0, held: 40 });
  });

  it('ends once when posting and voiding race', async () => {
    const resident = await house.joined();
    await house.enrich(resident, 2);
    for (let round = 0; round < 10; round += 1) {
      const { id } = await house.hold(resident, 1);
      const ends = await Promise.allSettled([post(id), giveBack(id), post(id), giveBack(id)]);
      const states = ends.flatMap((one) => (one.status === 'fulfilled' ? [one.value.state] : []));
      expect(new Set(states).size).toBe(1);
    }
    expect(await house.audit()).toEqual([]);
  });
});

it('lets nobody hold points but the service for it, and names no hold that is not there', async () => {
  await expect(
    house.call(voidHold, { params: { id: newId() } }, serviceAs('volunteering')),
  ).rejects.toMatchObject({ document: { status: 403 } });
  await expect(giveBack(newId())).rejects.toMatchObject({ slug: 'hold-not-found' });
});
