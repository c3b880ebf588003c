import { type CivilDate, parseCivilDate } from '@ddp/calendar/civil-date';
import type { AwardState } from '@ddp/contracts/points/awards';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
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
  option: string | null;
  /** What it follows from; the same source never earns twice. */
  sourceId: string;
  evidence: string | null;
  awardedBy: { personId: string; role: string } | null;
  awardedOn: string;
}

/** Writes an award that waits for a decision; granting it is another step. */
export async function insertAward(
  tx: Db,
  clock: ClockOffset,
  award: NewAward,
  state: 'proposed' | 'publishing',
): Promise<void> {
  const now = sqlNow(clock);
  await tx
    .insertInto('points_award')
    .values({
      id: idToBinary(award.id),
      programme_id: idToBinary(award.programmeId),
      participation_id: idToBinary(award.participationId),
      consent_id: idToBinary(award.consentId),
      rule: award.rule.rule,
      rule_version: award.rule.version,
      amount: award.amountPoints,
      option_key: award.option,
      source_id: idToBinary(award.sourceId),
      evidence: award.evidence,
      awarded_by: award.awardedBy === null ? null : idToBinary(award.awardedBy.personId),
      awarded_by_role: award.awardedBy?.role ?? null,
      state,
      matures_at: null,
      awarded_on: award.awardedOn,
      awarded_at: now,
      proposed_at: now,
      approved_by: null,
      approved_by_role: null,
      approved_at: null,
      entry_reference: null,
      published_from: null,
      published_to: null,
      objections_open: 0,
      end_reason: null,
      written_off: 0,
    })
    .execute();
}

/** An award as it stands. */
export interface Award {
  id: string;
  programmeId: string;
  participationId: string;
  /** Null once the person was erased. */
  personId: string | null;
  areaPath: string;
  rule: string;
  ruleVersion: number;
  amountPoints: number;
  option: string | null;
  evidence: string | null;
  state: AwardState;
  awardedBy: string | null;
  approvedBy: string | null;
  /** The day whose caps it counts for, and whose lot its points go to. */
  awardedOn: CivilDate;
  awardedAt: Date;
  proposedAt: Date;
  entryReference: string | null;
  publishedFrom: string | null;
  publishedTo: string | null;
  endReason: string | null;
}

function select(db: Db, scope: AreaScope) {
  return selectScoped(db, 'points_participation', scope)
    .innerJoin('points_award as award', 'award.participation_id', 'points_participation.id')
    .select([
      'points_participation.person_id',
      'points_participation.area_path',
      'award.id',
      'award.programme_id',
      'award.participation_id',
      'award.rule',
      'award.rule_version',
      'award.amount',
      'award.option_key',
      'award.evidence',
      'award.state',
      'award.awarded_by',
      'award.approved_by',
      'award.awarded_on',
      'award.awarded_at',
      'award.proposed_at',
      'award.entry_reference',
      'award.published_from',
      'award.published_to',
      'award.end_reason',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function toAward(row: Row): Award {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    participationId: binaryToId(row.participation_id),
    personId: binaryToIdOrNull(row.person_id),
    areaPath: row.area_path,
    rule: row.rule,
    ruleVersion: row.rule_version,
    amountPoints: row.amount,
    option: row.option_key,
    evidence: row.evidence,
    state: row.state as AwardState,
    awardedBy: binaryToIdOrNull(row.awarded_by),
    approvedBy: binaryToIdOrNull(row.approved_by),
    awardedOn: parseCivilDate(row.awarded_on),
    awardedAt: row.awarded_at,
    proposedAt: row.proposed_at ?? row.awarded_at,
    entryReference: row.entry_reference,
    publishedFrom: row.published_from,
    publishedTo: row.published_to,
    endReason: row.end_reason,
  };
}

/** An award within an area, or null. */
export async function findAward(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<Award | null> {
  const row = await select(db, scope).where('award.id', '=', idToBinary(id)).executeTakeFirst();
  return row ? toAward(row) : null;
}

/** What a source earned by a rule, or null. */
export async function findAwardFor(
  db: Db,
  programmeId: string,
  rule: string,
  sourceId: string,
): Promise<Award | null> {
  const row = await select(db, everywhere)
    .where('award.programme_id', '=', idToBinary(programmeId))
    .where('award.rule', '=', rule)
    .where('award.source_id', '=', idToBinary(sourceId))
    .executeTakeFirst();
  return row ? toAward(row) : null;
}

/** Which awards a list shows. */
export interface AwardFilter {
  scope: AreaScope;
  participationId?: string;
  personId?: string | undefined;
  state?: AwardState | undefined;
  before: string | null;
}

/** Awards of a programme, the newest first, one more than the limit. */
export async function listAwards(
  db: Db,
  programmeId: string,
  filter: AwardFilter,
  limit: number,
): Promise<Award[]> {
  const { scope, participationId, personId, state, before } = filter;
  let query = select(db, scope).where('award.programme_id', '=', idToBinary(programmeId));
  if (participationId !== undefined) {
    query = query.where('award.participation_id', '=', idToBinary(participationId));
  }
  if (personId !== undefined) {
    query = query.where('points_participation.person_id', '=', idToBinary(personId));
  }
  if (state !== undefined) query = query.where('award.state', '=', state);
  if (before !== null) query = query.where('award.id', '<', idToBinary(before));
  const rows = await query
    .orderBy('award.id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toAward);
}

/** Points of a programme that wait to become spendable. */
export async function sumMaturing(db: Db, programmeId: string): Promise<number> {
  const { points } = await db
    .selectFrom('points_award')
    .select((eb) => eb.fn.sum<string | null>('amount').as('points'))
    .where('state', '=', 'maturing')
    .where('programme_id', '=', idToBinary(programmeId))
    .executeTakeFirstOrThrow();
  return toSafeInteger(points);
}

/** Takes the words off the awards of somebody who was erased, and off what became of them. */
export async function dropWords(tx: Db, participationId: string): Promise<void> {
  const id = idToBinary(participationId);
  await tx
    .updateTable('points_award')
    .set({ evidence: null, end_reason: null })
    .where('participation_id', '=', id)
    .execute();
  await tx
    .updateTable('points_reversal')
    .set({ evidence: null, appeal: null, decision: null })
    .where('participation_id', '=', id)
    .execute();
  await tx.deleteFrom('points_publicity').where('participation_id', '=', id).execute();
}
