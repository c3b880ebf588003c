import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { listWaitingPlaces as route } from '@ddp/contracts/rewards/waiting-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { findBenefit } from '../store/benefits.ts';
import { countPlaces, listLine, type StoredPlace } from '../store/waiting-places.ts';

const numberCursor = /^[0-9]{1,9}$/;

/** The line of a benefit of the own area, in its order, and how long it is. */
export async function listWaitingPlaces(
  { store }: RewardsDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rewards.read', principal);
  const { areaPaths } = requirePerson(principal);
  const { db } = store;
  const after = Number(decodeCursor(query.cursor, numberCursor) ?? 0);
  const benefit = await findBenefit(db, params.id, areaPaths);
  if (!benefit) throw new Problem(commonProblems.notFound);
  const rows = await listLine(db, benefit.id, { after, limit: query.limit });
  const page = toPage(rows, query.limit, showRow, ({ queueNumber }) => String(queueNumber));
  return {
    ...page,
    waiting: await countPlaces(db, benefit.id, 'waiting'),
    offered: await countPlaces(db, benefit.id, 'offered'),
  };
}

function showRow({ id, queueNumber, personName, state, joinedAt, offeredUntil }: StoredPlace) {
  return {
    ...{ id, queueNumber, personName },
    state: state === 'offered' ? ('offered' as const) : ('waiting' as const),
    joinedAt: joinedAt.toISOString(),
    offeredUntil: offeredUntil?.toISOString() ?? null,
  };
}
