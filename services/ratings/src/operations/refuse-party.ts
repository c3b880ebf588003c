import { civilDateOf } from '@ddp/calendar/civil-date';
import { Problem } from '@ddp/contracts/problem';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { Asker } from '../store/own-part.ts';
import { listUnitsServed } from '../store/post-cards.ts';

/** Who has a part in a rating. */
export interface Parties {
  subjectPersonId: string | null;
  /** The organization that is rated, where no person is. */
  subjectUnitId: string | null;
  raterPersonId: string | null;
}

export async function askerOf(
  db: Kysely<RatingsDatabase>,
  personId: string,
  now: Date,
): Promise<Asker> {
  const served = await listUnitsServed(db, [personId], civilDateOf(now));
  return { personId, unitIds: served.get(personId) ?? [] };
}

/** Neither the rated person, nor who serves in the rated organization, nor the rater decides. */
export async function refuseParty(
  tx: Kysely<RatingsDatabase>,
  { subjectPersonId, subjectUnitId, raterPersonId }: Parties,
  personId: string,
  now: Date,
): Promise<void> {
  const isParty = personId === subjectPersonId || personId === raterPersonId;
  const { unitIds } = await askerOf(tx, personId, now);
  const isServing = subjectUnitId !== null && unitIds.includes(subjectUnitId);
  if (isParty || isServing) throw new Problem(ratingsProblems.ownCase);
}
