import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';

type Db = Kysely<PointsDatabase>;

export interface Hold {
  id: string;
  programmeId: string;
  participationId: string;
  amountPoints: number;
  reference: string;
  expiresAt: Date;
  /** Points of it that go to the programme if it is not posted. */
  takeBack: number;
}

export async function insertHolds(
  tx: Db,
  clock: ClockOffset,
  holds: readonly Omit<Hold, 'takeBack'>[],
): Promise<void> {
  if (holds.length === 0) return;
  await tx
    .insertInto('points_hold')
    .values(
      holds.map((hold) => ({
        id: idToBinary(hold.id),
        programme_id: idToBinary(hold.programmeId),
        participation_id: idToBinary(hold.participationId),
        amount: hold.amountPoints,
        reference: hold.reference,
        expires_at: hold.expiresAt,
        is_open: 1,
        placed_at: sqlNow(clock),
        take_back: 0,
      })),
    )
    .execute();
}

export async function findHold(db: Db, id: string): Promise<Hold | null> {
  const row = await db
    .selectFrom('points_hold')
    .select(['id', 'programme_id', 'participation_id', 'amount', 'reference', 'expires_at'])
    .select('take_back')
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    participationId: binaryToId(row.participation_id),
    amountPoints: row.amount,
    reference: row.reference,
    expiresAt: row.expires_at,
    takeBack: row.take_back,
  };
}

export async function closeHold(tx: Db, id: string): Promise<void> {
  await tx
    .updateTable('points_hold')
    .set({ is_open: 0 })
    .where('id', '=', idToBinary(id))
    .execute();
}

/**
 * Marks up to an amount in the open holds of a locked participation, the first placed before others,
 * as points that are taken back where a hold is not posted.
 */
export async function markTakeBack(
  tx: Db,
  participationId: string,
  amountPoints: number,
): Promise<void> {
  const rows = await tx
    .selectFrom('points_hold')
    .select(['id', 'amount', 'take_back'])
    .where('participation_id', '=', idToBinary(participationId))
    .where('is_open', '=', 1)
    .orderBy('placed_at')
    .orderBy('id')
    .execute();
  let missing = amountPoints;
  for (const { id, amount, take_back: marked } of rows) {
    const part = Math.min(amount - marked, missing);
    if (part <= 0) continue;
    missing -= part;
    await tx
      .updateTable('points_hold')
      .set({ take_back: marked + part })
      .where('id', '=', id)
      .execute();
  }
}

/** Open holds whose deadline has come, the longest overdue first. */
export async function listDueHolds(db: Db, clock: ClockOffset, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('points_hold')
    .select('id')
    .where('is_open', '=', 1)
    .where('expires_at', '<=', sqlNow(clock))
    .orderBy('expires_at')
    .limit(limit)
    .execute();
  return rows.map((row) => binaryToId(row.id));
}
