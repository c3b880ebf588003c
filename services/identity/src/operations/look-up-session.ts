import { requirePermission } from '@ddp/auth/authorize';
import type { lookUpSession as route } from '@ddp/contracts/identity/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { IdentityDeps } from '../deps.ts';
import { findSessionByToken } from '../store/sessions.ts';
import { hashToken } from '../tokens.ts';
import { readActing } from './describe-session.ts';

/** Whom a cookie stands for, with the authority of this moment. */
export async function lookUpSession(
  deps: IdentityDeps,
  { principal }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('service', principal);
  const { db, clock } = deps.store;
  const session = await findSessionByToken(db, clock, hashToken(body.token));
  if (!session) throw new Problem(commonProblems.notFound);
  const { role, areaPaths, programmeId, merchantId } = await readActing(deps, session);
  const { id: sessionId, personId } = session;
  return { personId, sessionId, role, areaPaths, programmeId, merchantId };
}
