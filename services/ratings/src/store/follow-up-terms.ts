import { type FollowUpTerms, followUpTermsSchema } from '@ddp/contracts/ratings/follow-ups';
import { binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';

type Db = Kysely<RatingsDatabase>;

export interface TermsVersion {
  /** 0 where the programme has set nothing. */
  version: number;
  fromOn: string;
  terms: FollowUpTerms;
  setBy: string | null;
}

/** The terms of a programme in force on a day; what it has not set has the product's default. */
export async function readTerms(db: Db, programmeId: string, on: string): Promise<TermsVersion> {
  const row = await db
    .selectFrom('ratings_follow_up_terms')
    .select(['version', 'from_on', 'terms', 'set_by'])
    .where('programme_id', '=', idToBinary(programmeId))
    .where('from_on', '<=', on)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) {
    return { version: 0, fromOn: '2020-01-01', terms: followUpTermsSchema.parse({}), setBy: null };
  }
  return {
    version: row.version,
    fromOn: row.from_on,
    terms: followUpTermsSchema.parse(JSON.parse(row.terms)),
    setBy: binaryToIdOrNull(row.set_by),
  };
}

/** Adds the next version. Throws a duplicate where another was added at the same moment. */
export async function insertTerms(
  tx: Db,
  clock: ClockOffset,
  next: { programmeId: string; fromOn: string; terms: FollowUpTerms; setBy: string },
): Promise<number> {
  const programmeId = idToBinary(next.programmeId);
  const { latest } = await tx
    .selectFrom('ratings_follow_up_terms')
    .select((eb) => eb.fn.max('version').as('latest'))
    .where('programme_id', '=', programmeId)
    .executeTakeFirstOrThrow();
  const version = Number(latest ?? 0) + 1;
  await tx
    .insertInto('ratings_follow_up_terms')
    .values({
      programme_id: programmeId,
      version,
      from_on: next.fromOn,
      terms: JSON.stringify(next.terms),
      set_by: idToBinary(next.setBy),
      set_at: sqlNow(clock),
    })
    .execute();
  return version;
}
