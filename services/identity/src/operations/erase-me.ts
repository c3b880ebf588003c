import { actorOf, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { personErased } from '@ddp/contracts/identity/events';
import type { eraseMe as route } from '@ddp/contracts/identity/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { AnswerHeaders, Caller } from '@ddp/service-kit/bind-route';
import type { IdentityDeps } from '../deps.ts';
import { deleteCodesOf } from '../store/codes.ts';
import { deleteCredentials } from '../store/credentials.ts';
import { deleteHoldings } from '../store/holdings.ts';
import { destroyPerson, lockPerson } from '../store/people.ts';
import { revokeSessionsOf } from '../store/sessions.ts';
import { clearSessionCookie } from './open-session.ts';

/**
 * Erases the person who asks: the key is destroyed, every way in is removed, and all services hear
 * of it, in one transaction. A tombstone and the consents, which name nobody, stay.
 */
export async function eraseMe(
  deps: IdentityDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
  headers: AnswerHeaders,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const { store } = deps;
  const { personId } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'erase-me', input: body };
  await runCommand(store, command, async (tx) => {
    if (!(await lockPerson(tx, personId))) throw new Problem(commonProblems.conflict);
    await destroyPerson(tx, store.clock, personId);
    const phoneLookup = await deleteCredentials(tx, personId);
    if (phoneLookup !== null) await deleteCodesOf(tx, phoneLookup);
    await revokeSessionsOf(tx, store.clock, personId);
    await deleteHoldings(tx, personId);
    await appendEvents(tx, store, [outgoing(personErased, { personId })], principal.requestId);
  });
  clearSessionCookie(deps, headers);
}
