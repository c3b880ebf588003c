import {
  redemptionHeld,
  redemptionReleased,
  redemptionRequested,
  redemptionReserved,
  voucherVerified,
} from '@ddp/contracts/rewards/events';
import { newId } from '@ddp/db-kit/ids';
import type { KyselyPlugin, RootOperationNode } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { readRewardsSettings } from '../src/config.ts';
import type { RewardsDeps } from '../src/deps.ts';
import { createGroups } from '../src/module.ts';
import { requestRedemption } from '../src/operations/request-redemption.ts';
import { verifyVoucher } from '../src/operations/verify-voucher.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ isManual: true });
});
afterAll(() => house?.stop());
afterEach(async () => {
  expect(await house.findBroken()).toEqual([]);
});

const steps = [redemptionRequested, redemptionHeld, redemptionReserved];
const stateOf = async (one: Pick<Awaited<ReturnType<House['ask']>>, 'redemptionId' | 'resident'>) =>
  (await house.read(one.redemptionId, one.resident)).state;
const holdOf = (redemptionId: string) => house.points.holds.get(redemptionId)?.state;
const pointsOf = (personId: string) => house.points.people.get(personId)?.points;

/** The service's means with a database that dies after the n-th statement from now. */
function dyingAfter(count: number): { deps: RewardsDeps; hasDied: () => boolean } {
  let left = count;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }): RootOperationNode => node,
    // Statements that were put together as text come by here too.
    async transformResult({ result }) {
      left -= 1;
      if (left <= 0) throw new Error('the process died here');
      return result;
    },
  };
  const { store } = house.deps;
  const dying = { ...house.deps, store: { ...store, db: store.db.withPlugin(plugin) } };
  const settings = readRewardsSettings(house.context.environment);
  return { deps: { ...dying, ...createGroups(dying, settings) }, hasDied: () => left <= 0 };
}

/** Runs work that dies after its first statement, then after its second, until it gets through. */
async function dieEverywhere(work: (deps: RewardsDeps) => Promise<unknown>): Promise<number> {
  for (let count = 1; ; count += 1) {
    const { deps, hasDied } = dyingAfter(count);
    const failure = await work(deps).then(
      () => null,
      (error: unknown) => error,
    );
    if (!hasDied()) {
      if (failure) throw failure;
      return count - 1;
    }
    expect(await house.findBroken()).toEqual([]);
  }
}

it('each step that dies at any statement happens once when it is brought again', async () => {
  const { benefit, clerk } = await house.offer({ stock: 1, perPersonPerMonth: 1 });
  const resident = house.newResident();
  const asked = { body: { benefitId: benefit.id } };
  const asking = { principal: resident, key: newId() };
  const requests = await dieEverywhere((deps) => requestRedemption(deps, asking, asked));
  expect(requests).toBeGreaterThan(10);
  const { id: redemptionId } = await requestRedemption(house.deps, asking, asked);
  const one = { redemptionId, resident };
  for (const event of steps) {
    const eventId = newId();
    const deaths = await dieEverywhere((deps) =>
      house.step(event, { redemptionId }, { eventId, deps }),
    );
    expect(deaths).toBeGreaterThan(5);
  }
  const { voucherId } = await house.read(redemptionId, resident);
  const code = await house.codeOf(voucherId ?? '', resident);
  const caller = { principal: clerk, key: newId() };
  const deaths = await dieEverywhere((deps) => verifyVoucher(deps, caller, { body: { code } }));
  expect(deaths).toBeGreaterThan(10);
  await dieEverywhere((deps) => house.step(voucherVerified, { redemptionId }, { deps }));
  expect(await stateOf(one)).toBe('verified');
  expect(holdOf(redemptionId)).toBe('posted');
  expect(pointsOf(resident.personId)).toBe(92);
});

it('a release that dies at any statement gives back once', async () => {
  const one = await house.ask();
  const { redemptionId, resident } = one;
  for (const event of steps) await house.step(event, { redemptionId });
  await house.cancel(redemptionId, resident);
  await dieEverywhere((deps) => house.step(redemptionReleased, { redemptionId }, { deps }));
  expect(holdOf(redemptionId)).toBe('voided');
  expect(pointsOf(resident.personId)).toBe(100);
});

it('ten deliveries of each step, at once and out of order, have one effect', async () => {
  const one = await house.ask();
  const { redemptionId, resident } = one;
  const all = [...steps, redemptionReleased, voucherVerified];
  const storm = (events: typeof all) =>
    Promise.all(
      events.flatMap((event) =>
        Array.from({ length: 10 }, () => house.step(event, { redemptionId })),
      ),
    );
  await storm([redemptionReserved, redemptionHeld, voucherVerified, redemptionReleased]);
  expect(await stateOf(one)).toBe('requested');
  for (const event of steps) {
    await storm([event]);
    await storm(all.filter((other) => !steps.includes(other)));
  }
  expect(await stateOf(one)).toBe('issued');
  expect(holdOf(redemptionId)).toBe('held');
  expect(await house.listNotices(resident.personId)).toEqual(['voucher-issued']);
  await house.cancel(redemptionId, resident);
  await storm(all);
  expect(await stateOf(one)).toBe('cancelled');
  expect(holdOf(redemptionId)).toBe('voided');
  expect(pointsOf(resident.personId)).toBe(100);
});

it('ten deliveries at once spend the points of a verified voucher, or void a hold, once', async () => {
  const ten = (event: typeof voucherVerified, redemptionId: string) =>
    Promise.all(Array.from({ length: 10 }, () => house.step(event, { redemptionId })));
  const spent = await house.ask();
  const given = await house.ask();
  for (const { redemptionId } of [spent, given]) {
    for (const event of steps) await house.step(event, { redemptionId });
  }
  const { voucherId } = await house.read(spent.redemptionId, spent.resident);
  await house.verify(await house.codeOf(voucherId ?? '', spent.resident), spent.clerk);
  await house.cancel(given.redemptionId, given.resident);
  await ten(voucherVerified, spent.redemptionId);
  await ten(redemptionReleased, given.redemptionId);
  expect([holdOf(spent.redemptionId), holdOf(given.redemptionId)]).toEqual(['posted', 'voided']);
  expect(pointsOf(spent.resident.personId)).toBe(92);
  expect(pointsOf(given.resident.personId)).toBe(100);
});
