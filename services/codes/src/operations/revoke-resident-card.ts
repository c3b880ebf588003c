import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { revokeResidentCard as route } from '@ddp/contracts/codes/resident-card-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';
import { findCard, markRevoked } from '../store/resident-cards.ts';
import { toResidentCard } from './read-resident-card.ts';

/** Ends a card; from then on it answers as an unknown one. */
export async function revokeResidentCard(
  { store }: CodesDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('people.register', principal);
  const { areaPaths } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'revoke-resident-card', input: params };
  return runCommand(store, command, async (tx) => {
    const card = await findCard(tx, { id: params.id }, areaPaths);
    if (!card) throw new Problem(commonProblems.notFound);
    if (!(await markRevoked(tx, store.clock, card.id))) throw new Problem(commonProblems.conflict);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'revoke-resident-card',
      objectKind: 'resident-card',
      objectId: card.id,
    });
    const revoked = await findCard(tx, { id: card.id }, areaPaths);
    return toResidentCard(revoked ?? card);
  });
}
