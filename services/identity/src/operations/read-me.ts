import { requirePermission } from '@ddp/auth/authorize';
import type { readMe as route } from '@ddp/contracts/identity/routes';
import type { RouteResult } from '@ddp/contracts/route';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { IdentityDeps } from '../deps.ts';
import { describeSession, requireSession } from './describe-session.ts';

export async function readMe(
  deps: IdentityDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof route>> {
  requirePermission('signed-in', principal);
  return describeSession(deps, await requireSession(deps, principal));
}
