import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import type { PlannedNotice } from '../domain/expiry-notices.ts';

type Db = Kysely<DirectoryDatabase>;

export interface DueNotice {
  certificateId: string;
  daysAhead: number;
  dueAt: Date;
}

export async function insertNotices(
  tx: Db,
  certificateId: string,
  planned: readonly PlannedNotice[],
): Promise<void> {
  if (planned.length === 0) return;
  await tx
    .insertInto('directory_expiry_notice')
    .values(
      planned.map(({ daysAhead, dueAt }) => ({
        certificate_id: idToBinary(certificateId),
        days_ahead: daysAhead,
        due_at: dueAt,
        outcome: null,
        told_at: null,
      })),
    )
    .execute();
}

/** Notices whose time has come by the database's clock, the oldest first, behind one of them. */
export async function listDueNotices(
  db: Db,
  clock: ClockOffset,
  { after, limit }: { after: DueNotice | null; limit: number },
): Promise<DueNotice[]> {
  let query = db
    .selectFrom('directory_expiry_notice')
    .select(['certificate_id', 'days_ahead', 'due_at'])
    .where('outcome', 'is', null)
    .where('due_at', '<=', sqlNow(clock));
  if (after) {
    const id = idToBinary(after.certificateId);
    query = query
      .where('due_at', '>=', after.dueAt)
      .where((eb) =>
        eb.or([
          eb('due_at', '>', after.dueAt),
          eb('certificate_id', '>', id),
          eb.and([eb('certificate_id', '=', id), eb('days_ahead', '>', after.daysAhead)]),
        ]),
      );
  }
  const rows = await query
    .orderBy('due_at')
    .orderBy('certificate_id')
    .orderBy('days_ahead')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    certificateId: binaryToId(row.certificate_id),
    daysAhead: row.days_ahead,
    dueAt: row.due_at,
  }));
}

/** Writes down what became of a notice; returns whether nothing had become of it yet. */
export async function settleNotice(
  tx: Db,
  clock: ClockOffset,
  { certificateId, daysAhead }: DueNotice,
  outcome: 'sent' | 'skipped',
): Promise<boolean> {
  const result = await tx
    .updateTable('directory_expiry_notice')
    .set({ outcome, told_at: sqlNow(clock) })
    .where('certificate_id', '=', idToBinary(certificateId))
    .where('days_ahead', '=', daysAhead)
    .where('outcome', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
