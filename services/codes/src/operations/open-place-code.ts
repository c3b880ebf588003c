import { actorOf, auditActor, requireArea, requirePermission } from '@ddp/auth/authorize';
import type { openPlaceCode as route } from '@ddp/contracts/codes/place-code-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { CodesDeps } from '../deps.ts';
import { insertPlace } from '../store/place-codes.ts';
import { toPlaceCode } from './read-place-code.ts';

/** Opens a changing code for a place and a time. */
export async function openPlaceCode(
  deps: CodesDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('places.open', principal);
  const { store, placeKeys } = deps;
  const areaPath = await resolveArea(deps, body.areaCode, principal.requestId);
  requireArea(principal, areaPath);
  const command = { actor: actorOf(principal), key, name: 'open-place-code', input: body };
  return runCommand(store, command, async (tx) => {
    const { name, opensAt, minutesOpen, stepSeconds } = body;
    const closesAt = new Date(Date.parse(opensAt) + minutesOpen * 60_000).toISOString();
    const fields = { name, opensAt, closesAt, stepSeconds };
    const sealed = { number: placeKeys.drawNumber(), seal: placeKeys.newSeal() };
    const place = { id: newId(), areaPath, ...fields, ...sealed };
    await insertPlace(tx, place);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'open-place-code',
      objectKind: 'place-code',
      objectId: place.id,
      detail: { areaPath },
    });
    return toPlaceCode({ ...place, isClosed: false });
  });
}
