import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { listReceivers as route } from '@ddp/contracts/ratings/follow-up-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { RatingsDeps } from '../deps.ts';
import { pathsAbove } from '../domain/desk.ts';
import { type FollowUpRow, findFollowUp } from '../store/follow-ups.ts';
import { listOfficersOver, type Officer } from '../store/post-cards.ts';

const mostReceivers = 100;

/** Officers with a post over the place, the nearest first, but for who has a part in the case. */
export async function listReceivers(
  { store }: RatingsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('follow-ups.handle', principal);
  const officer = requirePerson(principal);
  const followUp = await findFollowUp(store.db, params.id, officer.areaPaths);
  if (!followUp) throw new Problem(commonProblems.notFound);
  const now = await readNow(store.db, store.clock);
  const receivers = await listReceiversOf(store.db, followUp, now);
  return { items: receivers.filter(({ personId }) => personId !== officer.personId) };
}

export async function listReceiversOf(
  db: Kysely<RatingsDatabase>,
  { areaPath, subjectPersonId, raterPersonId, subjectUnitId }: FollowUpRow,
  now: Date,
): Promise<Officer[]> {
  const over = await listOfficersOver(db, {
    areaPaths: pathsAbove(areaPath),
    on: civilDateOf(now),
    exceptUnitId: subjectUnitId,
    limit: mostReceivers,
  });
  const parties = [subjectPersonId, raterPersonId];
  return over.filter(({ personId }) => !parties.includes(personId));
}
