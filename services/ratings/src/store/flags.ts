import type { OfficerRating } from '@ddp/contracts/ratings/review-schemas';
import { binaryToId, binaryToIdOrNull, idToBinary, newId } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';

type Db = Kysely<RatingsDatabase>;

export interface OpenFlag {
  id: string;
  ratingId: string;
  flaggedBy: string | null;
  /** The group that is not told while the flag stands; null where none told of the rating. */
  binId: Buffer | null;
  view: NonNullable<OfficerRating['flag']>;
}

interface By {
  personId: string;
  role: string;
}

/** Writes a flag and gives its id. Throws a duplicate where one stands already. */
export async function insertFlag(
  tx: Db,
  clock: ClockOffset,
  flag: { ratingId: string; areaPath: string; reason: string; evidence: string; by: By },
  binId: Buffer | null,
): Promise<string> {
  const id = newId();
  await tx
    .insertInto('ratings_flag')
    .values({
      id: idToBinary(id),
      rating_id: idToBinary(flag.ratingId),
      open_rating_id: idToBinary(flag.ratingId),
      area_path: flag.areaPath,
      bin_id: binId,
      reason: flag.reason,
      evidence: flag.evidence,
      flagged_by: idToBinary(flag.by.personId),
      flagged_by_role: flag.by.role,
      flagged_at: sqlNow(clock),
    })
    .execute();
  return id;
}

/** The flags that stand on ratings, by rating. */
export async function listOpenFlags(
  db: Db,
  ratingIds: readonly string[],
): Promise<Map<string, OpenFlag>> {
  if (ratingIds.length === 0) return new Map();
  const rows = await selectScoped(db, 'ratings_flag', everywhere)
    .select(['id', 'rating_id', 'flagged_by', 'bin_id', 'reason', 'evidence'])
    .select(['flagged_by_role', 'flagged_at'])
    .where('open_rating_id', 'in', ratingIds.map(idToBinary))
    .execute();
  return new Map(
    rows.map((row) => [
      binaryToId(row.rating_id),
      {
        id: binaryToId(row.id),
        ratingId: binaryToId(row.rating_id),
        flaggedBy: binaryToIdOrNull(row.flagged_by),
        binId: row.bin_id,
        view: {
          reason: row.reason as OpenFlag['view']['reason'],
          evidence: row.evidence,
          flaggedByRole: row.flagged_by_role,
          flaggedAt: row.flagged_at.toISOString(),
        },
      },
    ]),
  );
}

export async function liftFlag(
  tx: Db,
  clock: ClockOffset,
  flagId: string,
  words: string,
  by: By,
): Promise<void> {
  await tx
    .updateTable('ratings_flag')
    .set({
      open_rating_id: null,
      lifted_words: words,
      lifted_by: idToBinary(by.personId),
      lifted_by_role: by.role,
      lifted_at: sqlNow(clock),
    })
    .where('id', '=', idToBinary(flagId))
    .execute();
}

/** How many flags keep a group from being told. */
export async function countFlagsOf(tx: Db, binId: Buffer): Promise<number> {
  const rows = await selectScoped(tx, 'ratings_flag', everywhere)
    .select('id')
    .where('bin_id', '=', binId)
    .where('open_rating_id', 'is not', null)
    .execute();
  return rows.length;
}
