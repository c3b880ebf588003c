import { idToBinary } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
let live: Awaited<ReturnType<House['issue']>>;
let used: Awaited<ReturnType<House['issue']>>;
beforeAll(async () => {
  house = await openHouse();
  live = await house.issue();
  used = await house.issue();
  await house.verify(await house.codeOf(used.voucherId, used.resident), used.clerk);
  await eventually(async () => house.points.holds.get(used.redemptionId)?.state === 'posted');
});
afterAll(() => house?.stop());

type Plant = [name: string, harm: () => string, id: () => string];
const ofBenefit = (set: string): [() => string, () => string] => [
  () => `UPDATE rewards_benefit SET ${set} WHERE id = ?`,
  () => live.benefit.id,
];
const ofLive = (statement: string): [() => string, () => string] => [
  () => statement,
  () => live.redemptionId,
];
const ofUsed = (statement: string): [() => string, () => string] => [
  () => statement,
  () => used.redemptionId,
];

const stock = 'I7 stock adds up and is never below zero';
const agrees = 'I7 stock agrees with the redemptions';
const vouchers = 'I8 an issued redemption has one voucher, and their states agree';
const verified = 'I9 a used voucher has one verification, by its own merchant';
const quota = 'rewards: a quota counts the redemptions of its month';
const effects = 'rewards: effects match the state';
const stuck = 'rewards: whoever has a step to come is told again';
const left = 'rewards: nothing leads to a person who left';

const plants: Plant[] = [
  [stock, ...ofBenefit('available = available + 1')],
  [stock, ...ofBenefit('available = -1, initial_stock = 0')],
  [agrees, ...ofBenefit('reserved = reserved - 1, available = available + 1')],
  [agrees, ...ofBenefit('sold = sold + 1, available = available - 1')],
  [vouchers, ...ofLive('DELETE FROM rewards_voucher WHERE redemption_id = ?')],
  [vouchers, ...ofLive(`UPDATE rewards_voucher SET state = 'expired' WHERE redemption_id = ?`)],
  [vouchers, ...ofLive(`UPDATE rewards_voucher SET redemption_id = id WHERE redemption_id = ?`)],
  [
    verified,
    ...ofUsed(`DELETE FROM rewards_verification WHERE voucher_id =
      (SELECT id FROM rewards_voucher WHERE redemption_id = ?)`),
  ],
  [
    verified,
    ...ofUsed(`UPDATE rewards_verification SET merchant_id = id WHERE voucher_id =
      (SELECT id FROM rewards_voucher WHERE redemption_id = ?)`),
  ],
  [quota, ...ofLive('UPDATE rewards_quota SET used = used + 1 WHERE ? IS NOT NULL')],
  [quota, ...ofLive('DELETE FROM rewards_quota WHERE ? IS NOT NULL')],
  [effects, ...ofLive(`DELETE FROM rewards_effect WHERE redemption_id = ? AND step = 'reserved'`)],
  [
    effects,
    ...ofUsed(`UPDATE rewards_effect SET step = 'voided'
    WHERE redemption_id = ? AND step = 'posted'`),
  ],
  [stuck, ...ofUsed(`DELETE FROM rewards_effect WHERE redemption_id = ? AND step = 'posted'`)],
  [stuck, ...ofLive('UPDATE rewards_redemption SET ended_at = requested_at WHERE id = ?')],
  [
    left,
    ...ofLive(`UPDATE rewards_resident SET left_at = '2026-11-10' WHERE person_id =
      (SELECT person_id FROM rewards_redemption WHERE id = ?)`),
  ],
];

class UndoError extends Error {}

it('finds nothing wrong in a sound house', async () => {
  expect(await house.findBroken()).toEqual([]);
});

it.each(plants.map((plant, index) => [`${index} ${plant[0]}`, plant] as const))(
  'names the violation that is planted: %s',
  async (_title, [name, harm, id]) => {
    const found: string[] = [];
    const attempt = house.db.transaction().execute(async (tx) => {
      const [before = '', after = ''] = harm().split('?');
      const parts = Object.assign([before, after], { raw: [before, after] });
      await sql(parts, idToBinary(id())).execute(tx);
      found.push(...(await house.findBroken(tx)));
      throw new UndoError();
    });
    await expect(attempt).rejects.toBeInstanceOf(UndoError);
    expect(found).toContain(name);
  },
);
