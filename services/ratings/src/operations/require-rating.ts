import { requireArea, requirePerson } from '@ddp/auth/authorize';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { ServiceStore } from '@ddp/db-kit/command';
import { readNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import { lockRating, type StoredRating } from '../store/ratings.ts';
import { refuseParty } from './refuse-party.ts';

/**
 * A rating of an area that the caller acts in, locked to be decided about. Throws 404 where there is
 * none, and refuses whoever has a part in it.
 */
export async function requireRating(
  tx: Kysely<RatingsDatabase>,
  { clock }: Pick<ServiceStore<RatingsDatabase>, 'clock'>,
  principal: Principal,
  id: string,
): Promise<StoredRating> {
  const rating = await lockRating(tx, id);
  if (!rating) throw new Problem(commonProblems.notFound);
  requireArea(principal, rating.areaPath);
  const { subjectPersonId, personId: raterPersonId, unitId } = rating;
  const subjectUnitId = subjectPersonId === null ? unitId : null;
  const parties = { subjectPersonId, subjectUnitId, raterPersonId };
  await refuseParty(tx, parties, requirePerson(principal).personId, await readNow(tx, clock));
  return rating;
}
