import type { Cap } from '@ddp/contracts/points/rule-schemas';
import { binaryToId, idToBinary, newId } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { Rule } from '../domain/rule.ts';
import type { Earning } from '../domain/rule-replay.ts';
import { dropHours } from './volunteering.ts';

type Db = Kysely<PointsDatabase>;

export interface NewEarning {
  programmeId: string;
  participationId: string;
  rule: Rule;
  settingsVersion: number;
  sourceId: string;
  awardedOn: string;
  quantity: number | null;
  option: string | null;
  amountPoints: number;
  /** Either the award, or the cap that refused it. */
  awardId: string | null;
  refusedBy: Cap | null;
}

/** Records what could earn, in the transaction that decides whether it does. */
export async function insertEarning(tx: Db, clock: ClockOffset, earning: NewEarning) {
  await tx
    .insertInto('points_earning')
    .values({
      id: idToBinary(newId()),
      programme_id: idToBinary(earning.programmeId),
      participation_id: idToBinary(earning.participationId),
      rule: earning.rule.rule,
      rule_version: earning.rule.version,
      settings_version: earning.settingsVersion,
      source_id: idToBinary(earning.sourceId),
      occurred_on: earning.awardedOn,
      quantity: earning.quantity,
      option_key: earning.option,
      amount: earning.amountPoints,
      award_id: earning.awardId === null ? null : idToBinary(earning.awardId),
      refused_by: earning.refusedBy,
      recorded_at: sqlNow(clock),
    })
    .execute();
}

/** What was decided before about the same source; null where it is new. */
export async function findDecision(
  tx: Db,
  programmeId: string,
  rule: string,
  sourceId: string,
): Promise<'opened' | Cap | null> {
  const row = await tx
    .selectFrom('points_earning')
    .select('refused_by')
    .where('programme_id', '=', idToBinary(programmeId))
    .where('rule', '=', rule)
    .where('source_id', '=', idToBinary(sourceId))
    .executeTakeFirst();
  return row ? ((row.refused_by as Cap | null) ?? 'opened') : null;
}

/** The caps got back what an award took. */
export async function markGivenBack(tx: Db, clock: ClockOffset, awardId: string): Promise<void> {
  await tx
    .updateTable('points_earning')
    .set({ given_back_at: sqlNow(clock) })
    .where('award_id', '=', idToBinary(awardId))
    .execute();
}

/** Cuts what leads from an erased person's records to what they did. */
export async function dropSources(tx: Db, participationId: string): Promise<void> {
  await tx
    .updateTable('points_earning')
    .set({ source_id: null })
    .where('participation_id', '=', idToBinary(participationId))
    .execute();
  await tx
    .updateTable('points_award')
    .set({ source_id: null })
    .where('participation_id', '=', idToBinary(participationId))
    .execute();
  await dropHours(tx, participationId);
}

/** What could earn in a programme on the days between, by day, at most so many. */
export async function listEarnings(
  db: Db,
  programmeId: string,
  { fromOn, toOn }: { fromOn: string; toOn: string },
  limit: number,
): Promise<Earning[]> {
  const rows = await db
    .selectFrom('points_earning')
    .select(['id', 'participation_id', 'rule', 'rule_version', 'settings_version', 'occurred_on'])
    .select(['quantity', 'option_key', 'amount', 'award_id', 'refused_by', 'recorded_at'])
    .select('given_back_at')
    .where('programme_id', '=', idToBinary(programmeId))
    .where('occurred_on', '>=', fromOn)
    .where('occurred_on', '<=', toOn)
    .orderBy('occurred_on')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: binaryToId(row.id),
    participationId: binaryToId(row.participation_id),
    rule: row.rule,
    ruleVersion: row.rule_version,
    settingsVersion: row.settings_version,
    occurredOn: row.occurred_on,
    quantity: row.quantity,
    option: row.option_key,
    amountPoints: row.amount,
    hasAward: row.award_id !== null,
    recordedAtMs: row.recorded_at.getTime(),
    givenBackAtMs: row.given_back_at?.getTime() ?? null,
  }));
}
