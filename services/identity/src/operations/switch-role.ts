import { requirePermission } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { identityProblems } from '@ddp/contracts/identity/problems';
import type { switchRole as route } from '@ddp/contracts/identity/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { AnswerHeaders, Caller } from '@ddp/service-kit/bind-route';
import type { IdentityDeps } from '../deps.ts';
import { listRoles } from '../domain/authority.ts';
import { readHoldings } from '../store/holdings.ts';
import { renewSession } from '../store/sessions.ts';
import { drawToken } from '../tokens.ts';
import { describeSession, requireSession } from './describe-session.ts';
import { setSessionCookie } from './open-session.ts';

/**
 * Lets the session act in another role that the person holds. The session gets a new token, so that
 * nothing kept of the old one goes on acting in the old role.
 */
export async function switchRole(
  deps: IdentityDeps,
  { principal }: Caller,
  { body }: RouteRequest<typeof route>,
  headers: AnswerHeaders,
): Promise<RouteResult<typeof route>> {
  requirePermission('signed-in', principal);
  const { store, clock } = deps;
  const session = await requireSession(deps, principal);
  const holdings = await readHoldings(store.db, session.personId);
  const roles = listRoles(holdings, session.method, civilDateOf(clock.now()));
  if (!roles.includes(body.role)) throw new Problem(identityProblems.roleNotHeld);
  const { token, tokenHash } = drawToken();
  const renewed = { id: session.id, tokenHash, role: body.role };
  if (!(await renewSession(store.db, renewed))) throw new Problem(commonProblems.notSignedIn);
  setSessionCookie(deps, headers, token, session.method);
  return describeSession(deps, { ...session, role: body.role });
}
