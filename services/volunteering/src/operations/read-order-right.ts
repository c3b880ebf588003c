import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { mintRight } from '@ddp/contracts/ratings/own-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { readOrderRight as route } from '@ddp/contracts/volunteering/order-routes';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import { deriveId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { VolunteeringDeps } from '../deps.ts';
import { addMinutes, rateHours } from '../domain/order.ts';
import { findOrder } from '../store/orders.ts';
import { findSubjectOf } from '../store/subjects.ts';

/**
 * What lets a confirmed order be rated. Ratings mints it when it is first asked for, and gives the
 * same to each later question, as the key follows from the order.
 */
export async function readOrderRight(
  { store, caller }: VolunteeringDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const { personId, requestId } = requirePerson(principal);
  const order = await findOrder(store.db, params.id);
  if (order?.personId !== personId) throw new Problem(commonProblems.notFound);
  const { state, endedAt, volunteerId } = order;
  const validUntil = endedAt && addMinutes(endedAt, rateHours * 60);
  const now = await readNow(store.db, store.clock);
  const isRateable = state === 'confirmed' && validUntil && now < validUntil;
  const subjectId = isRateable && volunteerId && (await findSubjectOf(store.db, volunteerId));
  if (!subjectId) throw new Problem(volunteeringProblems.nothingToRate);
  const body = { subjectId, personId, sourceId: order.id, expiresInHours: rateHours };
  const key = deriveId('order-right', order.id);
  const { token } = await caller.call(mintRight, { body }, { requestId, key });
  return { subjectId, token, validUntil: validUntil.toISOString() };
}
