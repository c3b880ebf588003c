import { personErased } from '@ddp/contracts/identity/events';
import { awardPoints, withdrawAward } from '@ddp/contracts/points/award-routes';
import * as routes from '@ddp/contracts/points/rule-routes';
import type { RuleTerms } from '@ddp/contracts/points/rule-schemas';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { newId } from '@ddp/db-kit/ids';
import { personAs } from '@ddp/testing/principals';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { termsOf } from '../src/domain/rule-terms.ts';
import { findRule } from '../src/store/rules.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse({}, { startAt: new Date('2026-11-10T02:00:00.000Z') });
});
afterEach(async () => {
  await house?.stop();
});

const dayMs = 86_400_000;
const evidence = '参加社区清洁活动';
const give = (resident: PersonPrincipal, rule: string, fields = {}, key = newId()) => {
  const body = { personId: resident.personId, rule, evidence, ...fields };
  return house.call(awardPoints, { body }, house.officer, key);
};
const refused = (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    ({ slug }) => slug,
  );

async function presentTerms(rule: string, change: Partial<RuleTerms> = {}): Promise<RuleTerms> {
  const found = await findRule(house.db, house.programmeId, rule, '2026-11-10');
  if (!found) throw new Error(`there is no rule ${rule}`);
  return { ...termsOf(found), ...change };
}

async function dryRun(rule: string, change: Partial<RuleTerms> = {}, days = {}) {
  const period = { fromOn: '2026-11-10', toOn: '2026-11-12', ...days };
  const body = { terms: await presentTerms(rule, change), ...period };
  return house.call(routes.dryRunRule, { body }, house.officer);
}

/** Activities of two residents on two days, some beyond the cap of two a day, one taken back. */
async function live() {
  const [first, second] = [await house.joined(), await house.joined()];
  for (let time = 0; time < 4; time += 1) await refused(give(first, 'activity'));
  await give(second, 'activity');
  await give(second, 'honour', { option: 'township' });
  const open = await give(second, 'good-deed', { points: 20 });
  const taken = { params: { id: open.id }, body: { reason: '填错了人' } };
  await house.call(withdrawAward, taken, house.officer);
  house.clock.advanceMs(dayMs);
  await give(first, 'activity');
  await house.rated(first, '2026-11-11');
  await house.digested();
  return { first, second };
}

describe('what could earn', () => {
  it('is recorded once, also where a cap refused it, and for nobody who does not take part', async () => {
    const resident = await house.joined();
    const key = newId();
    await give(resident, 'activity');
    await give(resident, 'activity');
    const again = () => refused(give(resident, 'activity', {}, key));
    expect([await again(), await again()]).toEqual(['cap-reached', 'cap-reached']);
    const stranger = personAs('resident', { programmeId: house.programmeId });
    await house.rated(stranger, '2026-11-10');
    await house.digested();
    const rows = await house.sql(
      'SELECT amount, award_id IS NULL AS isRefused, refused_by FROM points_earning ORDER BY id',
    );
    expect(rows).toEqual([
      { amount: 5, isRefused: 0, refused_by: null },
      { amount: 5, isRefused: 0, refused_by: null },
      { amount: 5, isRefused: 1, refused_by: 'rule-day' },
    ]);
    expect(await house.audit()).toEqual([]);
  });

  it('is decided once, however often the same thing is told', async () => {
    const resident = await house.joined();
    const ratings = Array.from({ length: 4 }, () => newId());
    for (const id of [...ratings, ...ratings]) await house.rated(resident, '2026-11-10', id);
    await house.digested();
    expect(await house.letters()).toBe(0);
    const { before } = await dryRun('rating');
    expect(before).toEqual({ persons: 1, awards: 3, points: 3, capped: 1 });
  });

  it('stays when somebody is erased, and leads to them no more', async () => {
    const { first } = await live();
    const outcome = await dryRun('activity');
    await house.tell(personErased, { personId: first.personId });
    await house.digested();
    expect(await house.audit()).toEqual([]);
    expect(await dryRun('activity')).toEqual(outcome);
  });

  it.each([
    ['UPDATE points_earning SET amount = amount + 1 WHERE award_id IS NOT NULL', ['P10']],
    ['DELETE FROM points_earning WHERE award_id IS NOT NULL LIMIT 1', ['P10']],
    // What was given back makes room under a cap, which then counts too little.
    ['UPDATE points_earning SET given_back_at = NULL', ['P4', 'P10']],
    ["UPDATE points_earning SET refused_by = 'rule-day'", ['P10']],
  ])('is named in the audit when somebody writes: %s', async (statement, named) => {
    await live();
    expect(await house.audit()).toEqual([]);
    await house.sql(statement);
    expect(await house.audit()).toEqual(named);
  });
});

describe('a dry run', () => {
  it('of the unchanged rule equals what happened', async () => {
    await live();
    for (const rule of ['activity', 'rating', 'honour', 'good-deed', 'meeting']) {
      const { before, after, ...rest } = await dryRun(rule);
      expect(after).toEqual(before);
      expect(rest).toMatchObject({ events: 9, largestGainPoints: 0, largestLossPoints: 0 });
    }
    // Three activities of the first, one of the second, an honour of thirty, a rating.
    const { before } = await dryRun('activity');
    expect(before).toEqual({ persons: 2, awards: 6, points: 51, capped: 2 });
  });

  it('of a changed one says what it would have given, counted by hand', async () => {
    await live();
    // Eight points instead of five, once a day: two of the first, one of the second.
    const change = { leastPoints: 8, mostPoints: 8, dailyCap: 1 };
    expect(await dryRun('activity', change)).toMatchObject({
      ...{ fromOn: '2026-11-10', toOn: '2026-11-12', isCut: false },
      after: { persons: 2, awards: 5, points: 55, capped: 3 },
      ...{ largestGainPoints: 3, largestLossPoints: 0 },
    });
    expect((await dryRun('activity', { toOn: '2026-11-10' })).after).toMatchObject({ awards: 5 });
  });

  it('looks at the quarter that ended last unless days are named, and changes nothing', async () => {
    await live();
    const tables = ['points_rule', 'points_rule_draft', 'points_cap_use', 'points_earning'];
    const sums = () => house.sql(`CHECKSUM TABLE ${tables.join(', ')}, points_award, points_audit`);
    const before = await sums();
    const body = { terms: await presentTerms('activity', { leastPoints: 8, mostPoints: 8 }) };
    const quarter = await house.call(routes.dryRunRule, { body }, house.officer);
    expect(quarter).toMatchObject({ fromOn: '2026-07-01', toOn: '2026-09-30', events: 0 });
    await dryRun('activity');
    expect(await sums()).toEqual(before);
  });

  it('says where it stopped when there is more than it looks at', async () => {
    await house.stop();
    house = await openHouse(
      { POINTS_DRY_RUN_EVENTS: '8' },
      { startAt: new Date('2026-11-10T02:00:00.000Z') },
    );
    await live();
    expect(await dryRun('activity')).toMatchObject({ isCut: true, toOn: '2026-11-10', events: 7 });
    expect(await dryRun('activity', {}, { toOn: '2026-11-10' })).toMatchObject({ isCut: false });
    const late = await dryRun('activity', {}, { fromOn: '2026-11-11' });
    expect(late).toMatchObject({ isCut: true, toOn: null, events: 0 });
  });

  it('is for staff, of their own programme, over a year at the most', async () => {
    const { first } = await live();
    const body = {
      terms: await presentTerms('activity'),
      fromOn: '2026-11-01',
      toOn: '2026-11-30',
    };
    const ask = (fields: object, by: PersonPrincipal) =>
      house.call(routes.dryRunRule, { body: { ...body, ...fields } }, by);
    await expect(ask({}, first)).rejects.toMatchObject({ slug: 'forbidden' });
    const elsewhere = personAs('city-officer', { programmeId: newId() });
    expect(await ask({}, elsewhere)).toMatchObject({ events: 0, before: { awards: 0 } });
    for (const days of [{ fromOn: '2025-11-01' }, { fromOn: '2026-12-01' }]) {
      await expect(ask(days, house.officer)).rejects.toMatchObject({
        document: { status: 400, errors: [{ pointer: '/toOn' }] },
      });
    }
    const terms = { ...body.terms, title: { zh: '全年无信访', en: 'Quiet year' } };
    await expect(ask({ terms }, house.officer)).rejects.toMatchObject({
      slug: 'forbidden-rule-input',
    });
  });
});
