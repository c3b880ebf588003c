import { eventually } from '@ddp/testing/module-harness';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
  const resident = await house.joined();
  await house.enrich(resident);
  await house.rated(resident, '2026-11-24');
  await house.hold(resident, 5);
  await eventually(async () => (await house.balance(resident)).standing === 21);
});
afterEach(() => house?.stop());

describe('the audit', () => {
  it('is clean after ordinary work', async () => {
    expect(await house.audit()).toEqual([]);
  });

  it.each([
    ['I15', 'UPDATE points_consent SET given_at = given_at + INTERVAL 1 YEAR'],
    ['I15', "DELETE FROM points_line WHERE kind = 'award' LIMIT 1"],
    ['P1', "UPDATE points_line SET points_change = 21 WHERE kind = 'award' LIMIT 1"],
    ['P2', "UPDATE points_award SET state = 'active'"],
    ['P3', 'UPDATE points_hold SET is_open = 0'],
    ['P3', 'DELETE FROM points_hold'],
    ['P5', 'UPDATE points_lot SET free = free + 1'],
    ['P5', 'DELETE FROM points_lot'],
    ['P6', 'UPDATE points_lot_entry SET free_change = free_change + 1 LIMIT 1'],
    ['P6', 'DELETE FROM points_lot_entry LIMIT 1'],
    ['P4', 'UPDATE points_cap_use SET awards = awards + 1'],
    ['P4', 'UPDATE points_cap_use SET points = 0'],
    ['P4', "DELETE FROM points_cap_use WHERE rule = ''"],
    ['P4', 'UPDATE points_rule SET daily_cap = 0'],
    ['P4', 'UPDATE points_rule SET monthly_cap = 0'],
    ['P4', 'UPDATE points_rule SET programme_month_points = 19'],
    ['I16', 'UPDATE points_participation SET person_id = NULL'],
    ['I2', 'DELETE FROM points_ledger_transfer ORDER BY block_seq DESC, position DESC LIMIT 1'],
  ])('names %s when somebody writes: %s', async (name, statement) => {
    await house.sql(statement);
    expect(await house.audit()).toContain(name);
  });
});
