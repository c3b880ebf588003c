import type { Cap } from '@ddp/contracts/points/rule-schemas';
import { isDuplicate } from '@ddp/db-kit/errors';
import { idToBinary } from '@ddp/db-kit/ids';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { Rule } from '../domain/rule.ts';

type Db = Kysely<PointsDatabase>;

/** Whose award it is, and the day it counts for. */
export interface CapKey {
  programmeId: string;
  participationId: string;
  on: string;
}

/** Points that one person may get over all rules; null: as many as the rules give. */
export interface PersonCaps {
  dayPoints: number | null;
  monthPoints: number | null;
}

/** What has been taken in a period, and how much of it may be. */
interface Counter {
  cap: Cap;
  participation: Buffer;
  /** Empty where it counts over all rules. */
  rule: string;
  /** `2026-11-24` or `2026-11`. */
  period: string;
  mostAwards: number | null;
  mostPoints: number | null;
}

/** Stands for everybody in what is counted over a programme. */
const everybody = Buffer.alloc(16);

/**
 * In the order they are taken: those of a person first, which nobody else waits for, and the one of
 * the programme last, so that it is locked for the shortest time.
 */
function countersOf(key: CapKey, rule: Rule, person: PersonCaps): Counter[] {
  const own = idToBinary(key.participationId);
  const month = key.on.slice(0, 7);
  const counter = (
    cap: Cap,
    participation: Buffer,
    name: string,
    period: string,
    most: { awards?: number | null; points?: number | null },
  ): Counter => ({
    ...{ cap, participation, rule: name, period },
    mostAwards: most.awards ?? null,
    mostPoints: most.points ?? null,
  });
  return [
    counter('rule-day', own, rule.rule, key.on, { awards: rule.dailyCap }),
    counter('rule-month', own, rule.rule, month, { awards: rule.monthlyCap }),
    counter('person-day', own, '', key.on, { points: person.dayPoints }),
    counter('person-month', own, '', month, { points: person.monthPoints }),
    counter('programme-month', everybody, rule.rule, month, { points: rule.programmeMonthPoints }),
  ];
}

/**
 * Takes an award from every cap it falls under; null, or the cap that refused it, and then none has
 * changed. The participation must be locked.
 */
export async function takeFromCaps(
  tx: Db,
  key: CapKey,
  rule: Rule,
  amountPoints: number,
  personCaps: PersonCaps,
): Promise<Cap | null> {
  const programme = idToBinary(key.programmeId);
  const taken: Counter[] = [];
  for (const counter of countersOf(key, rule, personCaps)) {
    if (await take(tx, programme, counter, amountPoints)) {
      taken.push(counter);
      continue;
    }
    for (const one of taken) await giveBack(tx, programme, one, amountPoints);
    return counter.cap;
  }
  return null;
}

/** Gives back what an award took that was withdrawn before it became active. */
export async function giveBackToCaps(
  tx: Db,
  key: CapKey,
  rule: Rule,
  amountPoints: number,
): Promise<void> {
  const programme = idToBinary(key.programmeId);
  for (const counter of countersOf(key, rule, { dayPoints: null, monthPoints: null })) {
    await giveBack(tx, programme, counter, amountPoints);
  }
}

/** Counts first and makes the row only where there is none, so that nobody locks one for reading. */
async function take(
  tx: Db,
  programme: Buffer,
  counter: Counter,
  amountPoints: number,
): Promise<boolean> {
  if (await addTo(tx, programme, counter, amountPoints)) return true;
  const { participation, rule, period } = counter;
  const found = await tx
    .selectFrom('points_cap_use')
    .select('awards')
    .where('programme_id', '=', programme)
    .where('participation_id', '=', participation)
    .where('rule', '=', rule)
    .where('period', '=', period)
    .executeTakeFirst();
  if (found) return false;
  const row = { programme_id: programme, participation_id: participation, rule, period };
  try {
    await tx
      .insertInto('points_cap_use')
      .values({ ...row, awards: 0, points: 0 })
      .execute();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  return addTo(tx, programme, counter, amountPoints);
}

async function addTo(
  tx: Db,
  programme: Buffer,
  { participation, rule, period, mostAwards, mostPoints }: Counter,
  amountPoints: number,
): Promise<boolean> {
  let update = tx
    .updateTable('points_cap_use')
    .set((eb) => ({ awards: eb('awards', '+', 1), points: eb('points', '+', amountPoints) }))
    .where('programme_id', '=', programme)
    .where('participation_id', '=', participation)
    .where('rule', '=', rule)
    .where('period', '=', period);
  if (mostAwards !== null) update = update.where('awards', '<', mostAwards);
  if (mostPoints !== null) update = update.where('points', '<=', mostPoints - amountPoints);
  const { numUpdatedRows } = await update.executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function giveBack(
  tx: Db,
  programme: Buffer,
  { participation, rule, period }: Counter,
  amountPoints: number,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('points_cap_use')
    .set((eb) => ({ awards: eb('awards', '-', 1), points: eb('points', '-', amountPoints) }))
    .where('programme_id', '=', programme)
    .where('participation_id', '=', participation)
    .where('rule', '=', rule)
    .where('period', '=', period)
    .where('awards', '>=', 1)
    .where('points', '>=', amountPoints)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Error('an award is given back that no cap has counted');
}
