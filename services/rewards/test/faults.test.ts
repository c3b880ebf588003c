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
import { cancelRedemption } from '../src/operations/cancel-redemption.ts';
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

/** The service's means with something that comes behind every statement. */
function withDatabase(afterStatement: () => void): RewardsDeps {
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }): RootOperationNode => node,
    // Statements that were put together as text come by here too.
    async transformResult({ result }) {
      afterStatement();
      return result;
    },
  };
  const { store } = house.deps;
  const deps = { ...house.deps, store: { ...store, db: store.db.withPlugin(plugin) } };
  const settings = readRewardsSettings(house.context.environment);
  return { ...deps, ...createGroups(deps, settings) };
}

/** The service's means with a database that dies after the n-th statement from now. */
function dyingAfter(count: number): { deps: RewardsDeps; hasDied: () => boolean } {
  let left = count;
  const deps = withDatabase(() => {
    left -= 1;
    if (left <= 0) throw new Error('the process died here');
  });
  return { deps, hasDied: () => left <= 0 };
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

type Work = (deps: RewardsDeps) => Promise<unknown>;
/** Does a step's work under a fault, and sees that it is done in the end. */
type Strike = (step: string, work: Work) => Promise<void>;

/** Every step of a redemption that ends one way or the other, each struck. */
async function walkStruck(strike: Strike, end: 'verified' | 'cancelled'): Promise<string[]> {
  const { benefit, clerk } = await house.offer({ stock: 1, perPersonPerMonth: 1 });
  const resident = house.newResident();
  const struck: string[] = [];
  const step = async (name: string, work: Work) => {
    struck.push(name);
    await strike(name, work);
    expect(await house.findBroken()).toEqual([]);
  };
  const bring = (event: (typeof steps)[number], redemptionId: string) => {
    const eventId = newId();
    return step(event.name, (deps) => house.step(event, { redemptionId }, { eventId, deps }));
  };
  const asking = { principal: resident, key: newId() };
  const request: Work = (deps) =>
    requestRedemption(deps, asking, { body: { benefitId: benefit.id } });
  await step('request', request);
  const { id } = (await request(house.deps)) as { id: string };
  for (const event of steps) await bring(event, id);
  const closing = { principal: end === 'verified' ? clerk : resident, key: newId() };
  if (end === 'verified') {
    const { voucherId } = await house.read(id, resident);
    const code = await house.codeOf(voucherId ?? '', resident);
    await step('verify', (deps) => verifyVoucher(deps, closing, { body: { code } }));
    await bring(voucherVerified, id);
  } else {
    await step('cancel', (deps) => cancelRedemption(deps, closing, { params: { id } }));
    await bring(redemptionReleased, id);
  }
  expect(await stateOf({ redemptionId: id, resident })).toBe(end);
  expect(holdOf(id)).toBe(end === 'verified' ? 'posted' : 'voided');
  expect(pointsOf(resident.personId)).toBe(end === 'verified' ? 92 : 100);
  return struck;
}

const ends = ['verified', 'cancelled'] as const;
const ofEnd = { verified: 'verify', cancelled: 'cancel' };
const namesOf = (end: (typeof ends)[number]) => [
  'request',
  ...steps.map(({ name }) => name),
  ofEnd[end],
  end === 'verified' ? voucherVerified.name : redemptionReleased.name,
];

it.each(ends)(
  'each step to a redemption that is %s happens once, wherever it dies',
  async (end) => {
    const struck = await walkStruck(async (_step, work) => {
      expect(await dieEverywhere(work)).toBeGreaterThan(5);
    }, end);
    expect(struck).toEqual(namesOf(end));
  },
);

/** What a cut does not let through is brought again. */
const insist = (work: Work, deps: RewardsDeps) => work(deps).catch(() => work(house.deps));

/** The service's means with a database that is cut off once, after the n-th statement. */
function cutAfter(count: number): { deps: RewardsDeps; countStatements: () => number } {
  let seen = 0;
  const deps = withDatabase(() => {
    seen += 1;
    if (seen !== count) return;
    throw Object.assign(new Error('the database is cut off'), { code: 'PROTOCOL_CONNECTION_LOST' });
  });
  return { deps, countStatements: () => seen };
}

it.each(ends)(
  'each step to a redemption that is %s happens once, though the database is cut off',
  async (end) => {
    const lengths = new Map<string, number>();
    const cutting = (after: (step: string) => number) =>
      walkStruck(async (step, work) => {
        const { deps, countStatements } = cutAfter(after(step));
        await insist(work, deps);
        lengths.set(step, countStatements());
      }, end);
    await cutting(() => Number.POSITIVE_INFINITY);
    const inAll = new Map(lengths);
    const first = await cutting(() => 1);
    const last = await cutting((step) => inAll.get(step) ?? 0);
    expect([first, last]).toEqual([namesOf(end), namesOf(end)]);
  },
);

it.each(ends)(
  'each step to a redemption that is %s happens once, though it comes ten times',
  async (end) => {
    const struck = await walkStruck(async (_step, work) => {
      await Promise.all(Array.from({ length: 10 }, () => work(house.deps)));
    }, end);
    expect(struck).toEqual(namesOf(end));
  },
);

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
