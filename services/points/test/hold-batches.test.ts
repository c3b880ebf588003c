import { pointsProblems } from '@ddp/contracts/points/problems';
import { placeHolds } from '@ddp/contracts/points/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { newId } from '@ddp/db-kit/ids';
import { serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

const holdOf = ({ personId }: Pick<PersonPrincipal, 'personId'>, points: number, fields = {}) => ({
  ...{ id: newId(), programmeId: house.programmeId, personId, amountPoints: points },
  minimumStanding: 0,
  expiresAt: new Date(house.clock.now().getTime() + 86_400_000).toISOString(),
  reference: 'redemption:1',
  ...fields,
});
const idReused = pointsProblems.idReused.slug;
type Hold = ReturnType<typeof holdOf>;

async function place(...holds: Hold[]): Promise<(string | null)[]> {
  const { results } = await house.call(placeHolds, { body: { holds } }, house.rewards);
  expect(results.map(({ id }) => id)).toEqual(holds.map(({ id }) => id));
  return results.map(({ state, problem }) => state ?? problem);
}

async function rich(times = 1): Promise<PersonPrincipal> {
  const resident = await house.joined();
  await house.enrich(resident, times);
  return resident;
}

describe('holds that come together', () => {
  it('each have their own verdict, and a refused one changes nothing', async () => {
    const [one, other, poor] = await Promise.all([rich(), rich(), house.joined()]);
    const verdicts = await place(
      holdOf(one, 8),
      holdOf({ personId: newId() }, 1),
      holdOf(poor, 1),
      holdOf(other, 5, { minimumStanding: 21 }),
      holdOf(other, 20),
    );
    expect(verdicts).toEqual([
      ...['held', 'not-participating', 'insufficient-points', 'level-too-low', 'held'],
    ]);
    expect(await house.balance(one)).toMatchObject({ points: 12, held: 8 });
    expect(await house.balance(other)).toMatchObject({ points: 0, held: 20 });
    expect(await house.kinds(poor)).toEqual([]);
  });

  it('of one person take what the ones before them left', async () => {
    const resident = await rich();
    const verdicts = await place(holdOf(resident, 12), holdOf(resident, 9), holdOf(resident, 8));
    expect(verdicts).toEqual(['held', 'insufficient-points', 'held']);
    expect(await house.balance(resident)).toMatchObject({ points: 0, held: 20 });
    expect(await house.kinds(resident)).toEqual(['hold', 'hold', 'award']);
  });

  it('have their first answer when they come again, and their effect once', async () => {
    const [one, other] = await Promise.all([rich(), rich()]);
    const first = [holdOf(one, 8), holdOf(other, 8)];
    await place(...first);
    const again = await Promise.all([place(...first), place(...first, holdOf(one, 2))]);
    expect(again).toEqual([
      ['held', 'held'],
      ['held', 'held', 'held'],
    ]);
    const changed = first.map((hold) => ({ ...hold, amountPoints: 7 }));
    expect(await place(...changed, holdOf(other, 1))).toEqual([idReused, idReused, 'held']);
    expect(await house.balance(one)).toMatchObject({ points: 10, held: 10 });
    expect(await house.balance(other)).toMatchObject({ points: 11, held: 9 });
  });

  it('are decided one by one where the ledger refuses one that they were planned with', async () => {
    const resident = await rich();
    const past = new Date(house.clock.now().getTime() - 1_000).toISOString();
    const verdicts = await place(holdOf(resident, 15, { expiresAt: past }), holdOf(resident, 15));
    expect(verdicts).toEqual(['hold-expired', 'held']);
    expect(await house.balance(resident)).toMatchObject({ points: 5, held: 15 });
  });

  it('never take more than there is, however many batches meet', async () => {
    const residents = await Promise.all([rich(2), rich(2), rich(2)]);
    const batches = Array.from({ length: 6 }, (_none, turn) =>
      place(...residents.toSorted(() => (turn % 2 === 0 ? 1 : -1)).map((one) => holdOf(one, 15))),
    );
    const verdicts = (await Promise.all(batches)).flat();
    expect(verdicts.filter((one) => one === 'held')).toHaveLength(6);
    for (const resident of residents) {
      expect(await house.balance(resident)).toMatchObject({ points: 10, held: 30 });
    }
  });

  it('are for services that may hold points of people, and each id is there once', async () => {
    const body = { holds: [holdOf({ personId: newId() }, 1)] };
    for (const principal of [serviceAs('volunteering'), house.officer]) {
      await expect(house.call(placeHolds, { body }, principal)).rejects.toMatchObject({
        document: { status: 403 },
      });
    }
    const twice = { holds: [...body.holds, ...body.holds] };
    await expect(house.call(placeHolds, { body: twice }, house.rewards)).rejects.toMatchObject({
      document: { status: 400, errors: [{ pointer: '/holds' }] },
    });
  });
});
