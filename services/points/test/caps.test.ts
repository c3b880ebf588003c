import { newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonCaps } from '../src/domain/caps.ts';
import type { Rule } from '../src/domain/rule.ts';
import { type CapKey, giveBackToCaps, takeFromCaps } from '../src/store/caps.ts';
import { findRule } from '../src/store/rules.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let base: Rule;
beforeAll(async () => {
  house = await openHouse();
  const found = await findRule(house.db, house.programmeId, 'activity', '2026-11-24');
  if (!found) throw new Error('there is no rule for activities');
  base = { ...found, dailyCap: null };
});
afterAll(() => house?.stop());

const open: PersonCaps = { dayPoints: null, monthPoints: null };

/** Somebody's award on a day; a programme of its own, so that its counters start at nothing. */
function keyOf(on = '2026-11-24'): CapKey {
  return { programmeId: newId(), participationId: newId(), on };
}

function take(key: CapKey, change: Partial<Rule> = {}, points = 5, person = open) {
  const rule = { ...base, ...change };
  return transact(house.db, (tx) => takeFromCaps(tx, key, rule, points, person));
}

describe('a cap', () => {
  it('of a rule counts awards of a person by the day and by the month', async () => {
    const key = keyOf();
    expect(await take(key, { dailyCap: 1, monthlyCap: 2 })).toBeNull();
    expect(await take(key, { dailyCap: 1, monthlyCap: 2 })).toBe('rule-day');
    const later = { ...key, on: '2026-11-25' };
    expect(await take(later, { dailyCap: 1, monthlyCap: 2 })).toBeNull();
    const last = { ...key, on: '2026-11-30' };
    expect(await take(last, { dailyCap: 1, monthlyCap: 2 })).toBe('rule-month');
    expect(await take({ ...key, on: '2026-12-01' }, { monthlyCap: 2 })).toBeNull();
    expect(await take({ ...last, participationId: newId() }, { monthlyCap: 2 })).toBeNull();
  });

  it('of a person counts points over all rules', async () => {
    const key = keyOf();
    const person = { dayPoints: 10, monthPoints: 17 };
    expect(await take(key, {}, 6, person)).toBeNull();
    expect(await take(key, { rule: 'meeting' }, 5, person)).toBe('person-day');
    expect(await take(key, { rule: 'meeting' }, 4, person)).toBeNull();
    const later = { ...key, on: '2026-11-25' };
    expect(await take(later, {}, 8, person)).toBe('person-month');
    expect(await take(later, {}, 7, person)).toBeNull();
  });

  it('of a programme counts points by a rule over everybody', async () => {
    const key = keyOf();
    const change = { programmeMonthPoints: 12 };
    expect(await take(key, change)).toBeNull();
    expect(await take({ ...key, participationId: newId() }, change)).toBeNull();
    expect(await take({ ...key, participationId: newId() }, change)).toBe('programme-month');
    expect(await take(key, { ...change, rule: 'meeting' })).toBeNull();
  });

  it('takes nothing from the others when one refuses', async () => {
    const key = keyOf();
    const tight = { programmeMonthPoints: 5, dailyCap: 2, monthlyCap: 2 };
    expect(await take(key, tight)).toBeNull();
    expect(await take(key, tight)).toBe('programme-month');
    const wide = { ...tight, programmeMonthPoints: 10 };
    expect(await take(key, wide, 5, { dayPoints: 10, monthPoints: 10 })).toBeNull();
    expect(await take(key, wide)).toBe('rule-day');
  });

  it('is given back in full, and never more than was taken', async () => {
    const key = keyOf();
    const rule = { ...base, dailyCap: 1, programmeMonthPoints: 5 };
    const giveBack = () => transact(house.db, (tx) => giveBackToCaps(tx, key, rule, 5));
    expect(await take(key, rule)).toBeNull();
    await giveBack();
    expect(await take(key, rule)).toBeNull();
    await giveBack();
    await expect(giveBack()).rejects.toThrow('no cap has counted');
  });

  it('lets exactly as much through when many take at once', async () => {
    const { programmeId } = keyOf();
    const change = { programmeMonthPoints: 35 };
    const takers = Array.from({ length: 24 }, () => take({ ...keyOf(), programmeId }, change));
    const verdicts = await Promise.all(takers);
    expect(verdicts.filter((verdict) => verdict === null)).toHaveLength(7);
    expect(verdicts.filter((verdict) => verdict === 'programme-month')).toHaveLength(17);
  });
});
