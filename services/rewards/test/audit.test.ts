import { createBudget } from '@ddp/contracts/rewards/budget-routes';
import { idToBinary } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
let live: Awaited<ReturnType<House['issue']>>;
let used: Awaited<ReturnType<House['issue']>>;
let undone: Awaited<ReturnType<House['issue']>>;
let given: Awaited<ReturnType<House['issue']>>;
beforeAll(async () => {
  house = await openHouse({ undoMinutes: 10 });
  const budget = await house.call(
    createBudget,
    { body: { sponsor: '商会', areaCode: '150603', pointsLimit: 50, centsLimit: 5_000 } },
    house.officer,
  );
  const limits = { perPersonPerDay: 1, perPersonInTotal: 5 };
  live = await house.issue({ ...limits, budgetId: budget.id, unitValueCents: 800 });
  used = await house.issue();
  await house.verify(await house.codeOf(used.voucherId, used.resident), used.clerk);
  undone = await house.issue();
  const code = await house.codeOf(undone.voucherId, undone.resident);
  await house.undo((await house.verify(code, undone.clerk)).id, undone.clerk);
  given = await house.issue();
  const relative = house.newResident();
  house.phones.set('13700000001', relative.personId);
  const gift = await house.offerTo(given.voucherId, '13700000001', given.resident);
  await house.accept(gift.id, relative);
  house.clock.advanceMs(602_000);
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

const ofUndone = (set: string): [() => string, () => string] => [
  () => `UPDATE rewards_verification SET ${set} WHERE voucher_id = ?`,
  () => undone.voucherId,
];

const ofGift = (set: string): [() => string, () => string] => [
  () => `UPDATE rewards_gift SET ${set} WHERE voucher_id = ?`,
  () => given.voucherId,
];

const ofShare = (set: string): [() => string, () => string] => [
  () => `UPDATE rewards_share SET ${set} WHERE benefit_id = ?`,
  () => live.benefit.id,
];
const ofText = (set: string): [() => string, () => string] => [
  () => `UPDATE rewards_benefit_text SET ${set} WHERE benefit_id = ?`,
  () => live.benefit.id,
];
const ofBudget = (set: string): [() => string, () => string] => [
  () => `UPDATE rewards_budget SET ${set} WHERE id = ?`,
  () => live.benefit.budgetId ?? '',
];
const ofQuota = (set: string, period: string): [() => string, () => string] => [
  () => `UPDATE rewards_quota SET ${set} WHERE quota_month ${period} AND benefit_id = ?`,
  () => live.benefit.id,
];

const stock = 'I7 stock adds up and is never below zero';
const agrees = 'I7 stock agrees with the redemptions';
const sums = 'I7 a benefit has the stock of its merchants';
const shares = 'I7 the stock of a merchant agrees with its redemptions';
const budgets = 'rewards: a budget is never exceeded, and agrees with the redemptions';
const approved = 'rewards: what is on offer was approved by somebody else';
const periods = 'rewards: a quota counts the redemptions of its day, week or whole time';
const vouchers = 'I8 an issued redemption has one voucher, and their states agree';
const verified = 'I9 a used voucher has one verification, by its own merchant';
const undoing = 'I9 a verification is undone in time, with a reason, once for a voucher';
const gifts = 'rewards: a voucher is given once, by who asked for it, to who holds it';
const helped = 'rewards: what staff did for others has a consent, and paper is of that alone';
const quota = 'rewards: a quota counts the redemptions of its month';
const effects = 'rewards: effects match the state';
const stuck = 'rewards: whoever has a step to come is told again';
const left = 'rewards: nothing leads to a person who left';

const plants: Plant[] = [
  [stock, ...ofBenefit('available = available + 1')],
  [stock, ...ofBenefit('available = -1, initial_stock = 0')],
  [agrees, ...ofBenefit('reserved = reserved - 1, available = available + 1')],
  [agrees, ...ofBenefit('sold = sold + 1, available = available - 1')],
  [sums, ...ofBenefit('available = available + 1, initial_stock = initial_stock + 1')],
  [sums, ...ofShare('available = available + 1, reserved = reserved - 1')],
  [sums, ...ofShare('available = available + 1')],
  [shares, ...ofShare('available = available + 1, reserved = reserved - 1')],
  [shares, ...ofLive('UPDATE rewards_redemption SET merchant_id = NULL WHERE id = ?')],
  [budgets, ...ofBudget('points_spent = points_spent + 8')],
  [budgets, ...ofBudget('cents_reserved = 0')],
  [budgets, ...ofBudget('points_limit = 7')],
  [budgets, ...ofBudget('cents_limit = 799')],
  [approved, ...ofBenefit(`title = '别的'`)],
  [approved, ...ofBenefit('approved_by = created_by')],
  [approved, ...ofText(`state = 'proposed'`)],
  [approved, ...ofText('decided_by = proposed_by')],
  [periods, ...ofQuota('used = used + 1', `= 'total'`)],
  [periods, ...ofQuota('used = 0', `= '2026-11-10'`)],
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
  [verified, ...ofUndone('undone_at = NULL')],
  [undoing, ...ofUndone('undone_at = undo_until')],
  [undoing, ...ofUndone(`undo_reason = ''`)],
  [undoing, ...ofUndone('undone_at = NULL')],
  [undoing, ...ofUndone('attempt = 2')],
  [
    effects,
    ...ofUsed(`UPDATE rewards_effect SET step = 'undone'
    WHERE redemption_id = ? AND step = 'final'`),
  ],
  [gifts, ...ofGift('receiver_id = giver_id')],
  [gifts, ...ofGift('standing_voucher_id = NULL')],
  [gifts, ...ofGift(`state = 'offered'`)],
  [gifts, ...ofGift('giver_id = id')],
  [gifts, ...ofLive('UPDATE rewards_voucher SET holder_id = id WHERE redemption_id = ?')],
  [
    helped,
    ...ofLive(
      `UPDATE rewards_voucher SET print_salt = salt, print_key_id = key_id, prints = 1
        WHERE redemption_id = ?`,
    ),
  ],
  [
    helped,
    ...ofLive(`INSERT INTO rewards_assistance SELECT id, 'redemption', area_path, person_id, 'grid-worker',
      'signed', '', '2026-11-10', requested_at FROM rewards_redemption WHERE id = ?`),
  ],
  [
    helped,
    ...ofLive(`INSERT INTO rewards_assistance SELECT id, 'cancellation', area_path, benefit_id, 'grid-worker',
      'signed', '', '2026-11-10', requested_at FROM rewards_redemption WHERE id = ?`),
  ],
  [
    helped,
    ...ofUsed(`UPDATE rewards_verification SET is_printed = 1 WHERE voucher_id =
    (SELECT id FROM rewards_voucher WHERE redemption_id = ?)`),
  ],
  [quota, ...ofQuota('used = used + 1', `= '2026-11'`)],
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
