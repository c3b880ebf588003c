import type { reversalReasons, reversalStates } from '@ddp/contracts/points/reversals';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';

type Db = Kysely<PointsDatabase>;
export type ReversalState = (typeof reversalStates)[number];

export interface Reversal {
  id: string;
  awardId: string;
  participationId: string;
  programmeId: string;
  /** Null once the person was erased. */
  personId: string | null;
  rule: string;
  ruleVersion: number;
  amountPoints: number;
  reason: (typeof reversalReasons)[number];
  evidence: string | null;
  state: ReversalState;
  noticedBy: string | null;
  noticedAt: Date;
  appealUntil: Date;
  appeal: string | null;
  appealRecordedBy: string | null;
  /** Who gave the award and who approved it: they have a part in it. */
  awardedBy: string | null;
  approvedBy: string | null;
  appealedAt: Date | null;
  decidedBy: string | null;
  decision: string | null;
  endedAt: Date | null;
}

function select(db: Db, programmeId: string, scope: AreaScope) {
  return selectScoped(db, 'points_participation', scope)
    .innerJoin('points_reversal as one', 'one.participation_id', 'points_participation.id')
    .innerJoin('points_award as award', 'award.id', 'one.award_id')
    .select([
      'one.id',
      'one.award_id',
      'one.participation_id',
      'points_participation.programme_id',
      'points_participation.person_id',
      'award.rule',
      'award.rule_version',
      'award.amount',
      'award.awarded_by',
      'award.approved_by',
      'one.reason',
      'one.evidence',
      'one.state',
      'one.noticed_by',
      'one.noticed_at',
      'one.appeal_until',
      'one.appeal',
      'one.appeal_recorded_by',
      'one.appealed_at',
      'one.decided_by',
      'one.decision',
      'one.ended_at',
    ])
    .where('points_participation.programme_id', '=', idToBinary(programmeId));
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function toReversal(row: Row): Reversal {
  return {
    id: binaryToId(row.id),
    awardId: binaryToId(row.award_id),
    participationId: binaryToId(row.participation_id),
    programmeId: binaryToId(row.programme_id),
    personId: binaryToIdOrNull(row.person_id),
    rule: row.rule,
    ruleVersion: row.rule_version,
    amountPoints: row.amount,
    reason: row.reason as Reversal['reason'],
    evidence: row.evidence,
    state: row.state as ReversalState,
    noticedBy: binaryToIdOrNull(row.noticed_by),
    noticedAt: row.noticed_at,
    appealUntil: row.appeal_until,
    appeal: row.appeal,
    appealRecordedBy: binaryToIdOrNull(row.appeal_recorded_by),
    awardedBy: binaryToIdOrNull(row.awarded_by),
    approvedBy: binaryToIdOrNull(row.approved_by),
    appealedAt: row.appealed_at,
    decidedBy: binaryToIdOrNull(row.decided_by),
    decision: row.decision,
    endedAt: row.ended_at,
  };
}

/** Whose reversals a list shows: those of an area, or of one person. */
export interface ReversalFilter {
  scope: AreaScope;
  participationId?: string;
  state?: ReversalState | undefined;
  before: string | null;
}

/** Reversals of a programme, the newest first, one more than the limit. */
export async function listReversals(
  db: Db,
  programmeId: string,
  filter: ReversalFilter,
  limit: number,
): Promise<Reversal[]> {
  const { scope, participationId, state, before } = filter;
  let query = select(db, programmeId, scope);
  if (participationId !== undefined) {
    query = query.where('one.participation_id', '=', idToBinary(participationId));
  }
  if (state !== undefined) query = query.where('one.state', '=', state);
  if (before !== null) query = query.where('one.id', '<', idToBinary(before));
  const rows = await query
    .orderBy('one.id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toReversal);
}

/** A reversal of a programme within an area, or null. */
export async function findReversal(
  db: Db,
  programmeId: string,
  id: string,
  scope: AreaScope = everywhere,
): Promise<Reversal | null> {
  const row = await select(db, programmeId, scope)
    .where('one.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toReversal(row) : null;
}

/** What an award has been through, or null. */
export async function findReversalOf(
  db: Db,
  award: { id: string; programmeId: string },
): Promise<Reversal | null> {
  const row = await select(db, award.programmeId, everywhere)
    .where('one.award_id', '=', idToBinary(award.id))
    .executeTakeFirst();
  return row ? toReversal(row) : null;
}

export interface NewReversal {
  id: string;
  awardId: string;
  participationId: string;
  reason: Reversal['reason'];
  evidence: string;
  noticedBy: string;
  noticedByRole: string;
  appealUntil: Date;
}

/** Throws a duplicate where the award has been through a reversal before. */
export async function insertReversal(tx: Db, clock: ClockOffset, one: NewReversal): Promise<void> {
  await tx
    .insertInto('points_reversal')
    .values({
      id: idToBinary(one.id),
      award_id: idToBinary(one.awardId),
      participation_id: idToBinary(one.participationId),
      reason: one.reason,
      evidence: one.evidence,
      noticed_by: idToBinary(one.noticedBy),
      noticed_by_role: one.noticedByRole,
      noticed_at: sqlNow(clock),
      appeal_until: one.appealUntil,
      state: 'noticed',
      appeal: null,
      appeal_recorded_by: null,
      appealed_at: null,
      decided_by: null,
      decided_by_role: null,
      decision: null,
      ended_at: null,
    })
    .execute();
}

/** Keeps an appeal; false where the time for it is over by the database's clock, or it is not open. */
export async function insertAppeal(
  tx: Db,
  clock: ClockOffset,
  id: string,
  appeal: { text: string; recordedBy: string | null },
): Promise<boolean> {
  const changed = await tx
    .updateTable('points_reversal')
    .set({
      state: 'appealed',
      appeal: appeal.text,
      appeal_recorded_by: appeal.recordedBy === null ? null : idToBinary(appeal.recordedBy),
      appealed_at: sqlNow(clock),
    })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'noticed')
    .where('appeal_until', '>', sqlNow(clock))
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** Who ended a reversal and why; null where its time was over and nobody had appealed. */
export type Decision = { personId: string; role: string; reason: string | null } | null;

/** Ends a reversal that is in one of some states; false where it is in none of them. */
export async function endReversal(
  tx: Db,
  clock: ClockOffset,
  id: string,
  from: readonly ReversalState[],
  end: { state: 'reversed' | 'lifted'; decision: Decision },
): Promise<boolean> {
  const { state, decision } = end;
  const changed = await tx
    .updateTable('points_reversal')
    .set({
      state,
      decided_by: decision === null ? null : idToBinary(decision.personId),
      decided_by_role: decision?.role ?? null,
      decision: decision?.reason ?? null,
      ended_at: sqlNow(clock),
    })
    .where('id', '=', idToBinary(id))
    .where('state', 'in', from)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

export interface DueReversal {
  id: string;
  programmeId: string;
}

/** Reversals that nobody appealed against in time, the longest overdue first. */
export async function listDueReversals(
  db: Db,
  clock: ClockOffset,
  limit: number,
): Promise<DueReversal[]> {
  const rows = await db
    .selectFrom('points_reversal as one')
    .innerJoin('points_award as award', 'award.id', 'one.award_id')
    .select(['one.id', 'award.programme_id'])
    .where('one.state', '=', 'noticed')
    .where('one.appeal_until', '<=', sqlNow(clock))
    .orderBy('one.appeal_until')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: binaryToId(row.id), programmeId: binaryToId(row.programme_id) }));
}
