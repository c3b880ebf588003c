import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { signOut as route } from '@ddp/contracts/identity/routes';
import type { RouteResult } from '@ddp/contracts/route';
import type { AnswerHeaders, Caller } from '@ddp/service-kit/bind-route';
import type { IdentityDeps } from '../deps.ts';
import { revokeSession } from '../store/sessions.ts';
import { clearSessionCookie } from './open-session.ts';

/** Ends the session; a repeat changes nothing. */
export async function signOut(
  deps: IdentityDeps,
  { principal }: Caller,
  headers: AnswerHeaders,
): Promise<RouteResult<typeof route>> {
  requirePermission('signed-in', principal);
  const { sessionId } = requirePerson(principal);
  await revokeSession(deps.store.db, deps.store.clock, sessionId);
  clearSessionCookie(deps, headers);
}
