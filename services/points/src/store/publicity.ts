import { idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
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

/** How entries name a person, with the version that tells which of two namings is the later one. */
export async function readNaming(
  db: Db,
  participationId: string,
): Promise<{ namedAs: string | null; namingVersion: number }> {
  const publicity = await findPublicity(db, participationId);
  const { naming_version: namingVersion } = await selectScoped(
    db,
    'points_participation',
    everywhere,
  )
    .select('naming_version')
    .where('id', '=', idToBinary(participationId))
    .executeTakeFirstOrThrow();
  return { namedAs: publicity?.nickname ?? null, namingVersion };
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

/** Takes the consent away; what is told of it from now on is later than what was told before. */
export async function dropPublicity(tx: Db, participationId: string): Promise<void> {
  await tx
    .updateTable('points_participation')
    .set((eb) => ({ naming_version: eb('naming_version', '+', 1) }))
    .where('id', '=', idToBinary(participationId))
    .execute();
  await tx
    .deleteFrom('points_publicity')
    .where('participation_id', '=', idToBinary(participationId))
    .execute();
}
