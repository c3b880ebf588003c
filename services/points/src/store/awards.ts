import { type CivilDate, parseCivilDate } from '@ddp/calendar/civil-date';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { Rule } from '../domain/rule.ts';

type Db = Kysely<PointsDatabase>;

export interface NewAward {
  id: string;
  programmeId: string;
  participationId: string;
  consentId: string;
  rule: Rule;
  amountPoints: number;
  /** What it follows from; the same source never earns twice. */
  sourceId: string;
  evidence: string | null;
  awardedBy: { personId: string; role: string } | null;
  awardedOn: string;
}

export async function insertAward(tx: Db, clock: ClockOffset, award: NewAward): Promise<void> {
  const { rule } = award;
  const isWaiting = rule.maturesAfterHours > 0;
  const now = sqlNow(clock);
  await tx
    .insertInto('points_award')
    .values({
      id: idToBinary(award.id),
      programme_id: idToBinary(award.programmeId),
      participation_id: idToBinary(award.participationId),
      consent_id: idToBinary(award.consentId),
      rule: rule.rule,
      rule_version: rule.version,
      amount: award.amountPoints,
      source_id: idToBinary(award.sourceId),
      evidence: award.evidence,
      awarded_by: award.awardedBy === null ? null : idToBinary(award.awardedBy.personId),
      awarded_by_role: award.awardedBy?.role ?? null,
      state: isWaiting ? 'maturing' : 'active',
      matures_at: isWaiting ? sql<Date>`${now} + INTERVAL ${rule.maturesAfterHours} HOUR` : null,
      awarded_on: award.awardedOn,
      awarded_at: now,
    })
    .execute();
}

/** Whether something has earned by a rule before. */
export async function hasAward(
  tx: Db,
  programmeId: string,
  rule: string,
  sourceId: string,
): Promise<boolean> {
  const row = await tx
    .selectFrom('points_award')
    .select('id')
    .where('programme_id', '=', idToBinary(programmeId))
    .where('rule', '=', rule)
    .where('source_id', '=', idToBinary(sourceId))
    .executeTakeFirst();
  return row !== undefined;
}

export interface DueAward {
  id: string;
  participationId: string;
  amountPoints: number;
  awardedOn: CivilDate;
}

/** Awards whose waiting time is over, the longest waiting first. */
export async function listDueAwards(db: Db, clock: ClockOffset, limit: number) {
  const rows = await db
    .selectFrom('points_award')
    .select(['id', 'participation_id', 'amount', 'awarded_on'])
    .where('state', '=', 'maturing')
    .where('matures_at', '<=', sqlNow(clock))
    .orderBy('matures_at')
    .limit(limit)
    .execute();
  return rows.map(
    (row): DueAward => ({
      id: binaryToId(row.id),
      participationId: binaryToId(row.participation_id),
      amountPoints: row.amount,
      awardedOn: parseCivilDate(row.awarded_on),
    }),
  );
}

/** Ends an award's waiting; false when somebody else has ended it. */
export async function activateAward(tx: Db, id: string): Promise<boolean> {
  const changed = await tx
    .updateTable('points_award')
    .set({ state: 'active' })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'maturing')
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

export async function forfeitWaitingAwards(tx: Db, participationId: string): Promise<void> {
  await tx
    .updateTable('points_award')
    .set({ state: 'forfeited' })
    .where('participation_id', '=', idToBinary(participationId))
    .where('state', '=', 'maturing')
    .execute();
}

/** Takes the words off the awards of somebody who was erased. */
export async function dropEvidence(tx: Db, participationId: string): Promise<void> {
  await tx
    .updateTable('points_award')
    .set({ evidence: null })
    .where('participation_id', '=', idToBinary(participationId))
    .execute();
}
