import { idToBinary } from '@ddp/db-kit/ids';
import { insertRows } from '@ddp/db-kit/rows';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { AcceptedRating } from '../domain/decide-ratings.ts';
import { noId } from './rows.ts';

type Db = Kysely<RatingsDatabase>;

/** How long a rating may be withdrawn, and is therefore told nowhere. */
export const withdrawableMs = 24 * 3_600_000;

/** Lets the sweep look at the subjects of new ratings once these cannot be withdrawn any more. */
export async function openPools(tx: Db, ratings: readonly AcceptedRating[]): Promise<void> {
  const pools = new Map<string, (string | Buffer | Date)[]>();
  for (const { subject, rater, ratedAt } of ratings) {
    const lookAt = new Date(ratedAt.getTime() + withdrawableMs);
    const pool = [idToBinary(subject.id), rater.raterClass, noId, lookAt];
    pools.set(`${subject.id} ${rater.raterClass}`, pool);
  }
  const rows = [...pools].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const columns = ['subject_id', 'rater_class', 'last_id', 'look_at'];
  const orElse = 'ON DUPLICATE KEY UPDATE look_at = COALESCE(look_at, VALUES(look_at))';
  await insertRows(tx, 'ratings_pool', columns, rows, orElse);
}
