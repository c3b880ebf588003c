import { idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';

type Db = Kysely<PointsDatabase>;

export interface Publicity {
  nickname: string;
  givenAt: Date;
}

/** The consent of a participation to be named on the board, or null. */
export async function findPublicity(db: Db, participationId: string): Promise<Publicity | null> {
  const row = await db
    .selectFrom('points_publicity')
    .select(['nickname', 'given_at'])
    .where('participation_id', '=', idToBinary(participationId))
    .executeTakeFirst();
  return row ? { nickname: row.nickname, givenAt: row.given_at } : null;
}

/** Keeps the consent of a locked participation instead of an earlier one. */
export async function keepPublicity(
  tx: Db,
  clock: ClockOffset,
  participationId: string,
  nickname: string,
): Promise<void> {
  await dropPublicity(tx, participationId);
  await tx
    .insertInto('points_publicity')
    .values({
      participation_id: idToBinary(participationId),
      nickname,
      given_at: sqlNow(clock),
    })
    .execute();
}

export async function dropPublicity(tx: Db, participationId: string): Promise<void> {
  await tx
    .deleteFrom('points_publicity')
    .where('participation_id', '=', idToBinary(participationId))
    .execute();
}
