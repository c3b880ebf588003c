import { awardPoints } from '@ddp/contracts/points/award-routes';
import {
  appealReversal,
  decideReversal,
  noticeReversal,
} from '@ddp/contracts/points/reversal-routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { ratingWithdrawn } from '@ddp/contracts/ratings/events';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  const resident = await house.joined();
  await house.enrich(resident);
  await house.rated(resident, '2026-11-24');
  await house.hold(resident, 5);
  await eventually(async () => (await house.balance(resident)).standing === 21);
  await takeBack(resident);
  const deed = { personId: resident.personId, rule: 'good-deed', points: 20, evidence: '拾金不昧' };
  await house.call(awardPoints, { body: deed }, house.officer);
  await withdrawn(resident);
});
afterAll(() => house?.stop());

/** A second rating, and its withdrawal. */
async function withdrawn(resident: PersonPrincipal): Promise<void> {
  const ratingId = newId();
  await house.rated(resident, '2026-11-24', ratingId);
  await house.digested();
  const { programmeId } = house;
  await house.tell(ratingWithdrawn, { programmeId, personId: resident.personId, ratingId });
  await house.digested();
}

/** A second award, taken back after an appeal. */
async function takeBack(resident: PersonPrincipal): Promise<void> {
  const terms = { personId: resident.personId, rule: 'mediation', evidence: '调解楼道纠纷' };
  const award = await house.call(awardPoints, { body: terms }, house.officer);
  const reason = { reason: 'mistaken' as const, evidence: '登记错人' };
  const made = { params: { id: award.id }, body: reason };
  const { id } = await house.call(noticeReversal, made, house.officer);
  await house.call(appealReversal, { params: { id }, body: { text: '我在场的' } }, resident);
  const { programmeId } = house;
  const other = personAs('community-officer', { areaPaths: ['/1506/150603/'], programmeId });
  const decision = { verdict: 'reversed' as const, reason: '核对了签到表' };
  await house.call(decideReversal, { params: { id }, body: decision }, other);
}

describe('the audit', () => {
  it('is clean after ordinary work', async () => {
    expect(await house.audit()).toEqual([]);
  });

  it.each([
    ['I15', 'UPDATE points_consent SET given_at = given_at + INTERVAL 1 YEAR'],
    ['I15', "DELETE FROM points_line WHERE kind = 'award' LIMIT 1"],
    ['P1', "UPDATE points_line SET points_change = 21 WHERE kind = 'award' LIMIT 1"],
    ['P2', "UPDATE points_award SET state = 'active' WHERE state = 'maturing'"],
    ['P3', 'UPDATE points_hold SET is_open = 0'],
    ['P3', 'DELETE FROM points_hold'],
    ['P13', 'UPDATE points_hold SET take_back = amount + 1'],
    ['P13', "UPDATE points_line SET kind = 'recovery' WHERE hold_id IS NOT NULL AND kind = 'hold'"],
    ['P10', "UPDATE points_award SET written_off = 1 WHERE state = 'undone'"],
    ['P11', 'UPDATE points_lot SET free = free + 1'],
    ['P11', 'DELETE FROM points_lot'],
    ['P6', 'UPDATE points_lot_entry SET free_change = free_change + 1 LIMIT 1'],
    ['P6', 'DELETE FROM points_lot_entry LIMIT 1'],
    ['P4', 'UPDATE points_cap_use SET awards = awards + 1'],
    ['P4', 'UPDATE points_cap_use SET points = 0'],
    ['P4', "DELETE FROM points_cap_use WHERE rule = ''"],
    ['P4', 'UPDATE points_rule SET daily_cap = 0'],
    ['P4', 'UPDATE points_rule SET monthly_cap = 0'],
    ['P4', 'UPDATE points_rule SET programme_month_points = 19'],
    ['P7', "UPDATE points_line SET standing_change = -19 WHERE kind = 'reversal'"],
    ['P7', "UPDATE points_line SET standing_change = -1 WHERE kind = 'hold'"],
    ['P12', "UPDATE points_award SET state = 'active' WHERE state = 'undone'"],
    ['P12', 'DELETE FROM points_rating_mark'],
    ['P12', "DELETE FROM points_line WHERE kind = 'undoing'"],
    ['P7', "UPDATE points_award SET state = 'active' WHERE state = 'undone'"],
    ['P8', "UPDATE points_reversal SET decided_by = noticed_by WHERE state = 'reversed'"],
    ['P8', 'UPDATE points_reversal SET appealed_at = NULL'],
    ['P8', "UPDATE points_award SET state = 'active' WHERE state = 'reversed'"],
    ['P9', "UPDATE points_award SET state = 'active' WHERE state = 'proposed'"],
    ['P9', "UPDATE points_award SET state = 'withdrawn' WHERE state = 'active'"],
    ['I16', 'UPDATE points_participation SET person_id = NULL'],
    ['I16', 'UPDATE points_resident SET erased_at = UTC_TIMESTAMP(3)'],
    ['I2', 'DELETE FROM points_ledger_transfer ORDER BY block_seq DESC, position DESC LIMIT 1'],
  ])('names %s when somebody writes: %s', async (name, statement) => {
    expect(await house.auditWith(statement)).toContain(name);
    expect(await house.audit()).toEqual([]);
  });
});
