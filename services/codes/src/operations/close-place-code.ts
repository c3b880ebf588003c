import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { closePlaceCode as route } from '@ddp/contracts/codes/place-code-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';
import { findPlace, markPlaceClosed } from '../store/place-codes.ts';
import { toPlaceCode } from './read-place-code.ts';

/** Closes the changing code of a place before its time. */
export async function closePlaceCode(
  { store }: CodesDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('places.open', principal);
  const { areaPaths } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'close-place-code', input: params };
  return runCommand(store, command, async (tx) => {
    const place = await findPlace(tx, { id: params.id }, areaPaths);
    if (!place) throw new Problem(commonProblems.notFound);
    if (!(await markPlaceClosed(tx, place.id))) throw new Problem(commonProblems.conflict);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'close-place-code',
      objectKind: 'place-code',
      objectId: place.id,
    });
    return toPlaceCode({ ...place, isClosed: true });
  });
}
