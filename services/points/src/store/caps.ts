import type { Cap } from '@ddp/contracts/points/rule-schemas';
import { isDuplicate } from '@ddp/db-kit/errors';
import { idToBinary } from '@ddp/db-kit/ids';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import { type CapCounter, countersOf, type PersonCaps } from '../domain/caps.ts';
import type { Rule } from '../domain/rule.ts';

type Db = Kysely<PointsDatabase>;

/** Whose award it is, and the day it counts for. */
export interface CapKey {
  programmeId: string;
  participationId: string;
  on: string;
}

/** Stands for everybody in what is counted over a programme. */
const everybody = Buffer.alloc(16);

/** A counter and the rows it is kept in. */
interface Kept extends CapCounter {
  programme: Buffer;
  participation: Buffer;
}

function keep(key: CapKey, rule: Rule, personCaps: PersonCaps): Kept[] {
  const programme = idToBinary(key.programmeId);
  const own = idToBinary(key.participationId);
  return countersOf(rule, key.on, personCaps).map((counter) => ({
    ...counter,
    programme,
    participation: counter.isForAll ? everybody : own,
  }));
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
  const taken: Kept[] = [];
  for (const counter of keep(key, rule, personCaps)) {
    if (await take(tx, counter, amountPoints)) {
      taken.push(counter);
      continue;
    }
    for (const one of taken) await giveBack(tx, one, amountPoints);
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
  for (const counter of keep(key, rule, { dayPoints: null, monthPoints: null })) {
    await giveBack(tx, counter, amountPoints);
  }
}

/** Counts first and makes the row only where there is none, so that nobody locks one for reading. */
async function take(tx: Db, counter: Kept, amountPoints: number): Promise<boolean> {
  if (await addTo(tx, counter, amountPoints)) return true;
  const { programme, participation, rule, period } = counter;
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
  return addTo(tx, counter, amountPoints);
}

async function addTo(
  tx: Db,
  { programme, participation, rule, period, mostAwards, mostPoints }: Kept,
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
  { programme, participation, rule, period }: Kept,
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
