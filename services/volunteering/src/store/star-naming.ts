import { idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';

type Db = Kysely<VolunteeringDatabase>;

/** How entries name a person, with the version that tells which of two namings is the later one. */
export interface StarNaming {
  namedAs: string | null;
  namingVersion: number;
  givenAt: Date | null;
}

export async function readStarNaming(db: Db, personId: string): Promise<StarNaming> {
  const row = await db
    .selectFrom('volunteering_star_naming')
    .select(['nickname', 'naming_version', 'given_at'])
    .where('person_id', '=', idToBinary(personId))
    .executeTakeFirst();
  return {
    namedAs: row?.nickname ?? null,
    namingVersion: row?.naming_version ?? 0,
    givenAt: row?.given_at ?? null,
  };
}

/** Keeps the consent of a locked person, or that there is none. */
export async function saveStarNaming(
  tx: Db,
  clock: ClockOffset,
  personId: string,
  nickname: string | null,
): Promise<void> {
  const given_at = nickname === null ? null : sqlNow(clock);
  await tx
    .insertInto('volunteering_star_naming')
    .values({ person_id: idToBinary(personId), nickname, naming_version: 1, given_at })
    .onDuplicateKeyUpdate((eb) => ({
      nickname,
      given_at,
      naming_version: eb('naming_version', '+', 1),
    }))
    .execute();
}
