import { requireArea } from '@ddp/auth/authorize';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { OfficerRating } from '@ddp/contracts/ratings/review-schemas';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import { listOpenFlags } from '../store/flags.ts';
import { findRating } from '../store/ratings.ts';
import { toOfficerView } from './list-ratings.ts';

/**
 * A rating as it stands, for the officer who has just decided about it. Commands about what people
 * wrote keep ids alone for a repeat, so that no answer that is kept holds words beyond an erasure.
 */
export async function readOfficerRating(
  db: Kysely<RatingsDatabase>,
  principal: Principal,
  id: string,
): Promise<OfficerRating> {
  const rating = await findRating(db, id);
  if (!rating) throw new Problem(commonProblems.notFound);
  requireArea(principal, rating.areaPath);
  const flags = await listOpenFlags(db, [id]);
  return toOfficerView(rating, flags.get(id));
}
