import { cancelRedemption } from '@ddp/contracts/rewards/routes';
import { type FaultHouse, openFaultHouse } from '@ddp/infra/faults/fault-house';
import { findObstacle } from '@ddp/infra/faults/private-engines';
import { insist, openShop, type Shop } from '@ddp/infra/faults/shop';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const obstacle = findObstacle();

/** Steps of a redemption, each with the table that it comes to write last. */
const steps = [
  ['the request is taken', 'rewards_redemption'],
  ['points are held', 'points_hold'],
  ['stock is reserved', 'rewards_benefit'],
  ['a voucher is issued', 'rewards_voucher'],
  ['the voucher is verified', 'rewards_verification'],
  ['the hold is posted', 'points_ledger_transfer'],
  ['a cancelled redemption gives its points back', 'points_ledger_hold'],
] as const;

type Step = (typeof steps)[number][0];

let house: FaultHouse;
let shop: Shop;
beforeEach(({ skip }) => skip(obstacle !== null, obstacle ?? ''));

const key = () => crypto.randomUUID();

interface Harm {
  strike(): Promise<unknown>;
  mend?(): Promise<unknown>;
}

/** Brings a redemption to the step, strikes while the step stands still, and sees it end. */
async function walk(step: Step, table: string, harm: Harm): Promise<void> {
  const duringStep = async (start: () => Promise<unknown>) => {
    const frozen = await house.freeze(table);
    const started = start().catch(() => undefined);
    await frozen.caught();
    await harm.strike();
    await frozen.thaw();
    await harm.mend?.();
    await started;
  };
  const requestKey = key();
  const redeem = () => shop.redeem(requestKey);
  const isEarly = steps.findIndex(([name]) => name === step) <= 3;
  if (isEarly) await duringStep(redeem);
  const { id } = await insist(redeem);
  const voucherId = await shop.voucherOf(id);

  if (step === 'a cancelled redemption gives its points back') {
    const cancelKey = key();
    const cancel = () => shop.resident.call(cancelRedemption, { params: { id } }, cancelKey);
    await duringStep(cancel);
    await insist(cancel);
    return;
  }
  const code = await shop.codeOf(voucherId);
  const verifyKey = key();
  const verify = () => shop.verify(code, verifyKey);
  if (!isEarly) await duringStep(verify);
  await insist(verify);
  shop.countVerified();
}

/** Verifies the vouchers of accepted redemptions. */
async function sell(redemptions: readonly { id: string }[]): Promise<void> {
  for (const { id } of redemptions) {
    const code = await shop.codeOf(await shop.voucherOf(id));
    const verifyKey = key();
    await insist(() => shop.verify(code, verifyKey));
    shop.countVerified();
  }
}

function killing(name: string): Harm {
  const victim = house.topology.processes.get(name);
  if (!victim) throw new Error(`no process ${name}`);
  return { strike: () => victim.kill9(), mend: () => victim.restart() };
}

describe('one process', { timeout: 90_000 }, () => {
  beforeAll(async () => {
    if (obstacle !== null) return;
    house = await openFaultHouse('mounted');
    shop = await openShop(house);
  });
  afterAll(() => house?.stop());

  // Each step is met by the kill of a service of its own below.
  const together = steps.filter((_step, index) => index % 3 === 1);
  it.each(together)('killed while %s: the redemption ends and adds up', async (step, table) => {
    await walk(step, table, killing('suite'));
    expect(await shop.settle()).toEqual([]);
  });

  it.each(steps)('Redis emptied while %s: the redemption ends and adds up', async (step, table) => {
    await walk(step, table, { strike: () => house.flushAll() });
    expect(await shop.settle()).toEqual([]);
  });

  it('Redis emptied over and over while redemptions are under way: each ends once', async () => {
    const asked = Array.from({ length: 12 }, () => {
      const requestKey = key();
      return insist(() => shop.redeem(requestKey));
    });
    for (let time = 0; time < 8; time += 1) {
      await house.flushAll();
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    await sell(await Promise.all(asked));
    expect(await shop.settle()).toEqual([]);
  });

  it('the database killed while redemptions are under way: nothing accepted is lost', async () => {
    const asked = Array.from({ length: 8 }, () => {
      const requestKey = key();
      return insist(() => shop.redeem(requestKey));
    });
    await house.database.kill9();
    await house.database.restart();
    await sell(await Promise.all(asked));
    expect(await shop.settle()).toEqual([]);
  });

  it('leaves nothing for the audit to find', async () => {
    expect(await house.audit()).toEqual([]);
  });
});

describe('a process for each service', { timeout: 90_000 }, () => {
  beforeAll(async () => {
    if (obstacle !== null) return;
    house = await openFaultHouse('split');
    shop = await openShop(house);
  });
  afterAll(() => house?.stop());

  const victims = steps.flatMap(([step, table]) => {
    const inPoints = table.startsWith('points_') ? (['points'] as const) : [];
    return (['rewards', ...inPoints] as const).map((victim) => [victim, step, table] as const);
  });

  it.each(victims)('%s killed while %s: the redemption ends', async (victim, step, table) => {
    await walk(step, table, killing(victim));
    expect(await shop.settle()).toEqual([]);
  });

  it('leaves nothing for the audit to find', async () => {
    expect(await house.audit()).toEqual([]);
  });
});
