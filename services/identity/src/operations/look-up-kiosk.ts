import { requirePermission } from '@ddp/auth/authorize';
import type { lookUpKiosk as route } from '@ddp/contracts/identity/kiosk-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { IdentityDeps } from '../deps.ts';
import { programmeOver } from '../domain/authority.ts';
import { listProgrammes } from '../store/holdings.ts';
import { findKioskByToken, noteSeen } from '../store/kiosks.ts';
import { hashToken } from '../tokens.ts';

/** What a screen may read at this moment. */
export async function lookUpKiosk(
  { store }: IdentityDeps,
  { principal }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('service', principal);
  const { db, clock } = store;
  const kiosk = await findKioskByToken(db, clock, hashToken(body.token));
  if (!kiosk) throw new Problem(commonProblems.notFound);
  await noteSeen(db, clock, kiosk.kioskId);
  return { ...kiosk, programmeId: programmeOver(kiosk.areaPath, await listProgrammes(db)) };
}
