import { type CivilDate, parseCivilDate } from '@ddp/calendar/civil-date';
import type { AwardState } from '@ddp/contracts/points/awards';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql, type UpdateObject } from 'kysely';
import type { PointsDatabase } from '../database.ts';

type Db = Kysely<PointsDatabase>;
type Changes = UpdateObject<PointsDatabase, 'points_award'>;

/** States of an award that nobody has decided for good. */
export const openStates = ['proposed', 'publishing', 'published', 'objected'] as const;

/** Moves an award on, out of one of some states; false when it is in none of them. */
async function moveOn(
  tx: Db,
  id: string,
  from: readonly AwardState[],
  changes: Changes,
): Promise<boolean> {
  const changed = await tx
    .updateTable('points_award')
    .set(changes)
    .where('id', '=', idToBinary(id))
    .where('state', 'in', from)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

export interface Approval {
  personId: string;
  role: string;
}

/** Another officer agrees; the award goes to the board next, or is granted. */
export function approve(tx: Db, clock: ClockOffset, id: string, by: Approval): Promise<boolean> {
  return moveOn(tx, id, ['proposed'], {
    state: 'publishing',
    approved_by: idToBinary(by.personId),
    approved_by_role: by.role,
    approved_at: sqlNow(clock),
  });
}

/** The entry is up: its number, and the days it stands there. */
export function markPublished(
  tx: Db,
  id: string,
  entry: { reference: string; fromOn: string; toOn: string },
): Promise<boolean> {
  return moveOn(tx, id, ['publishing', 'objected'], {
    state: sql<string>`CASE WHEN objections_open > 0 THEN 'objected' ELSE 'published' END`,
    entry_reference: entry.reference,
    published_from: entry.fromOn,
    published_to: entry.toOn,
  });
}

/** Counts objections that wait for an answer; they may be told of in any order. */
export function countObjection(tx: Db, id: string, change: 1 | -1): Promise<boolean> {
  return moveOn(tx, id, ['publishing', 'published', 'objected'], {
    // The state first: a column that was set before would be read with its new value.
    state: sql<string>`CASE WHEN objections_open + ${change} > 0 THEN 'objected'
      WHEN entry_reference IS NULL THEN 'publishing' ELSE 'published' END`,
    objections_open: sql<number>`objections_open + ${change}`,
  });
}

/** Grants an award whose meters move in this transaction; its points may have to wait. */
export function grant(
  tx: Db,
  clock: ClockOffset,
  id: string,
  terms: { consentId: string; maturesAfterHours: number },
): Promise<boolean> {
  const now = sqlNow(clock);
  const isWaiting = terms.maturesAfterHours > 0;
  return moveOn(tx, id, openStates, {
    state: isWaiting ? 'maturing' : 'active',
    consent_id: idToBinary(terms.consentId),
    awarded_at: now,
    matures_at: isWaiting ? sql<Date>`${now} + INTERVAL ${terms.maturesAfterHours} HOUR` : null,
  });
}

export function withdraw(tx: Db, id: string, reason: string): Promise<boolean> {
  return moveOn(tx, id, openStates, { state: 'withdrawn', end_reason: reason });
}

/** Ends an award's waiting; false when somebody else has ended it. */
export function activate(tx: Db, id: string): Promise<boolean> {
  return moveOn(tx, id, ['maturing'], { state: 'active' });
}

/** Ends an award whose meters go back in this transaction. */
export function markTakenBack(
  tx: Db,
  id: string,
  { way: state, writtenOff }: { way: 'reversed' | 'undone'; writtenOff: number },
): Promise<boolean> {
  const changes = { state, written_off: writtenOff };
  return moveOn(tx, id, ['maturing', 'active', 'forfeited'], changes);
}

export interface DueAward {
  id: string;
  participationId: string;
  amountPoints: number;
  awardedOn: CivilDate;
}

/** Awards whose waiting time is over, the longest waiting first. */
export async function listDueAwards(
  db: Db,
  clock: ClockOffset,
  limit: number,
): Promise<DueAward[]> {
  const rows = await db
    .selectFrom('points_award')
    .select(['id', 'participation_id', 'amount', 'awarded_on'])
    .where('state', '=', 'maturing')
    .where('matures_at', '<=', sqlNow(clock))
    .orderBy('matures_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: binaryToId(row.id),
    participationId: binaryToId(row.participation_id),
    amountPoints: row.amount,
    awardedOn: parseCivilDate(row.awarded_on),
  }));
}

/** Awards of a participation that nobody has decided for good. */
export async function listOpenAwards(db: Db, participationId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('points_award')
    .select('id')
    .where('participation_id', '=', idToBinary(participationId))
    .where('state', 'in', openStates)
    .execute();
  return rows.map((row) => binaryToId(row.id));
}

export async function forfeitWaitingAwards(tx: Db, participationId: string): Promise<void> {
  await tx
    .updateTable('points_award')
    .set({ state: 'forfeited' })
    .where('participation_id', '=', idToBinary(participationId))
    .where('state', '=', 'maturing')
    .execute();
}

/** Awards by what they are for. */
export interface AwardSources {
  programmeId: string;
  rule: string;
  sourceIds: readonly string[];
}

/** Lets waiting awards wait longer, and keeps how long they would have waited. */
export async function postponeMaturity(tx: Db, of: AwardSources, until: Date): Promise<void> {
  await waitingOf(tx, of)
    .set({
      // First, while the other column still has its old value.
      own_matures_at: sql<Date>`COALESCE(own_matures_at, matures_at)`,
      matures_at: sql<Date>`GREATEST(matures_at, ${until})`,
    })
    .execute();
}

/** Takes that back. */
export async function restoreMaturity(tx: Db, of: AwardSources): Promise<void> {
  await waitingOf(tx, of)
    .set({ matures_at: sql<Date>`COALESCE(own_matures_at, matures_at)` })
    .execute();
}

function waitingOf(tx: Db, { programmeId, rule, sourceIds }: AwardSources) {
  return tx
    .updateTable('points_award')
    .where('programme_id', '=', idToBinary(programmeId))
    .where('rule', '=', rule)
    .where('source_id', 'in', sourceIds.map(idToBinary))
    .where('state', '=', 'maturing');
}
