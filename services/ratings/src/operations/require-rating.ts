import { requireArea } from '@ddp/auth/authorize';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import { lockRating, type StoredRating } from '../store/ratings.ts';

/** A rating of an area that the caller acts in, locked. Throws 404 where there is none. */
export async function requireRating(
  tx: Kysely<RatingsDatabase>,
  principal: Principal,
  id: string,
): Promise<StoredRating> {
  const rating = await lockRating(tx, id);
  if (!rating) throw new Problem(commonProblems.notFound);
  requireArea(principal, rating.areaPath);
  return rating;
}
