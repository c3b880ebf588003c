import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { insertRows } from '@ddp/db-kit/rows';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { quotaKey } from '../domain/quota-periods.ts';

type Db = Kysely<RewardsDatabase>;

/**
 * Locks the row of a person, making it where there is none; false when the person left. Requests
 * and the leaving of one person take turns by it, so that nothing begins behind an erasure.
 */
export async function lockResident(tx: Db, personId: string): Promise<boolean> {
  await lockResidents(tx, [personId]);
  const row = await tx
    .selectFrom('rewards_resident')
    .select('left_at')
    .where('person_id', '=', idToBinary(personId))
    .executeTakeFirstOrThrow();
  return row.left_at === null;
}

/** The same of several people, in order of their ids. */
export async function lockResidents(tx: Db, personIds: readonly string[]): Promise<void> {
  const rows = personIds.toSorted().map((id) => [idToBinary(id), null]);
  const orElse = 'ON DUPLICATE KEY UPDATE person_id = VALUES(person_id)';
  await insertRows(tx, 'rewards_resident', ['person_id', 'left_at'], rows, orElse);
}

/**
 * Who of some people left, and the places that each has in some periods, by `quotaKey`. Whoever has
 * the people locked is the only one who takes places of theirs: meanwhile these can only become fewer.
 */
export async function readResidents(
  tx: Db,
  personIds: readonly string[],
  periods: readonly string[],
): Promise<{ left: Set<string>; places: Map<string, number> }> {
  const rows = await tx
    .selectFrom('rewards_resident as resident')
    .leftJoin('rewards_quota as quota', (join) =>
      join
        .onRef('quota.person_id', '=', 'resident.person_id')
        .on('quota.quota_month', 'in', [...periods, '']),
    )
    .select(['resident.person_id', 'resident.left_at'])
    .select(['quota.programme_id', 'quota.benefit_id', 'quota.quota_month', 'quota.used'])
    .where('resident.person_id', 'in', personIds.map(idToBinary))
    .execute();
  const left = new Set<string>();
  const places = new Map<string, number>();
  for (const { person_id, left_at, programme_id, benefit_id, quota_month, used } of rows) {
    const personId = binaryToId(person_id);
    if (left_at !== null) left.add(personId);
    if (!programme_id || !benefit_id || quota_month === null) continue;
    const owner = {
      ...{ personId, programmeId: binaryToId(programme_id) },
      benefitId: binaryToId(benefit_id),
    };
    places.set(quotaKey(owner, quota_month), used ?? 0);
  }
  return { left, places };
}

export async function markResidentLeft(
  tx: Db,
  clock: ClockOffset,
  personId: string,
): Promise<void> {
  await tx
    .updateTable('rewards_resident')
    .set({ left_at: sqlNow(clock) })
    .where('person_id', '=', idToBinary(personId))
    .where('left_at', 'is', null)
    .execute();
}

/** Where a person is named for what they applied for, wrote or decided. */
const personColumns = [
  ['rewards_merchant', 'applicant_id'],
  ['rewards_merchant', 'decided_by'],
  ['rewards_clerk', 'person_id'],
  ['rewards_benefit', 'created_by'],
  ['rewards_benefit', 'changed_by'],
  ['rewards_benefit', 'approved_by'],
  ['rewards_benefit_text', 'proposed_by'],
  ['rewards_benefit_text', 'decided_by'],
  ['rewards_top_up', 'requested_by'],
  ['rewards_top_up', 'decided_by'],
  ['rewards_verification', 'undone_by'],
  ['rewards_settlement_run', 'started_by'],
  ['rewards_statement', 'paid_by'],
  ['rewards_dispute', 'raised_by'],
  ['rewards_dispute', 'answered_by'],
  ['rewards_dispute', 'decided_by'],
  ['rewards_draw', 'opened_by'],
] as const;

/**
 * Takes the person out of every row: an id that leads nowhere stands in the person's place, so that
 * counts stay. Answers kept for repeats go with the person.
 */
export async function cutTies(tx: Db, personId: string, standInId: string): Promise<void> {
  const person = idToBinary(personId);
  const standIn = idToBinary(standInId);
  await tx
    .updateTable('rewards_redemption')
    .set({ person_id: standIn })
    .where('person_id', '=', person)
    .execute();
  await tx
    .updateTable('rewards_quota')
    .set({ person_id: standIn })
    .where('person_id', '=', person)
    .execute();
  await tx
    .updateTable('rewards_verification')
    .set({ operator_id: standIn })
    .where('operator_id', '=', person)
    .execute();
  for (const [table, column] of personColumns) {
    await sql`UPDATE ${sql.table(table)} SET ${sql.ref(column)} = ${standIn}
      WHERE ${sql.ref(column)} = ${person}`.execute(tx);
  }
  await tx.deleteFrom('rewards_try').where('subject_id', '=', person).execute();
  await tx.deleteFrom('rewards_idempotency').where('scope', '=', `person:${personId}`).execute();
}
