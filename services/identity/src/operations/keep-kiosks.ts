import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
} from '@ddp/auth/authorize';
import type {
  createKiosk as createRoute,
  listKiosks as listRoute,
  revokeKiosk as revokeRoute,
} from '@ddp/contracts/identity/kiosk-routes';
import type { Kiosk } from '@ddp/contracts/identity/kiosks';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { IdentityDeps } from '../deps.ts';
import * as kiosks from '../store/kiosks.ts';
import { hashToken } from '../tokens.ts';

/**
 * Lets a screen read the figures of an area for some days. The token follows from the request's key,
 * so that a repeat can show it again and no row holds it.
 */
export async function createKiosk(
  deps: IdentityDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof createRoute>,
): Promise<RouteResult<typeof createRoute>> {
  requirePermission('walls.manage', principal);
  const { store, vault } = deps;
  const { personId } = requirePerson(principal);
  const areaPath = await resolveArea(deps, body.areaCode, principal.requestId);
  requireArea(principal, areaPath);
  const actor = actorOf(principal);
  const token = vault.digest('kiosk-token', `${actor}\n${key}`).toString('base64url');
  const command = { actor, key, name: 'create-kiosk', input: body };
  const kiosk = await runCommand(store, command, async (tx): Promise<Kiosk> => {
    const { label, days } = body;
    const id = newId();
    const one = { id, tokenHash: hashToken(token), label, areaPath, personId, days };
    await kiosks.insertKiosk(tx, store.clock, one);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'create-kiosk', objectKind: 'kiosk', objectId: id },
      detail: { areaPath, days },
    });
    const made = await kiosks.findKiosk(tx, store.clock, id, [areaPath]);
    if (!made) throw new Error('a kiosk that was made is not there');
    return made;
  });
  return { ...kiosk, token };
}

/** Screens of the officer's areas, newest first. */
export async function listKiosks(
  { store }: IdentityDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('walls.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const { state, limit } = query;
  const before = decodeCursor(query.cursor, idCursor);
  const rows = await kiosks.listKiosks(store.db, store.clock, areaPaths, { state, before, limit });
  return toPage(
    rows,
    limit,
    (kiosk) => kiosk,
    ({ id }) => id,
  );
}

/** Ends what a screen may show, within seconds; of one that has ended nothing changes. */
export async function revokeKiosk(
  { store }: IdentityDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof revokeRoute>,
): Promise<RouteResult<typeof revokeRoute>> {
  requirePermission('walls.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'revoke-kiosk', input: params };
  return runCommand(store, command, async (tx) => {
    const find = () => kiosks.findKiosk(tx, store.clock, params.id, areaPaths);
    if (!(await find())) throw new Problem(commonProblems.notFound);
    if (await kiosks.endKiosk(tx, store.clock, params.id)) {
      await appendAudit(tx, store, {
        ...auditActor(principal),
        ...{ action: 'revoke-kiosk', objectKind: 'kiosk', objectId: params.id },
      });
    }
    const ended = await find();
    if (!ended) throw new Problem(commonProblems.notFound);
    return ended;
  });
}
