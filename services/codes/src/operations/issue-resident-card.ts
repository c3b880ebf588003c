import { actorOf, auditActor, requireArea, requirePermission } from '@ddp/auth/authorize';
import { codesProblems } from '@ddp/contracts/codes/problems';
import type { issueResidentCard as route } from '@ddp/contracts/codes/resident-card-routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { everywhere } from '@ddp/db-kit/scope';
import { newShortCode } from '@ddp/qr/short-code';
import { newToken } from '@ddp/qr/token';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { CodesDeps } from '../deps.ts';
import { findCard, insertCard } from '../store/resident-cards.ts';
import { toResidentCard } from './read-resident-card.ts';

/** Gives a resident a card; there is one in force for each person. */
export async function issueResidentCard(
  deps: CodesDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('people.register', principal);
  const { store } = deps;
  const areaPath = await resolveArea(deps, body.areaCode, principal.requestId);
  requireArea(principal, areaPath);
  const command = { actor: actorOf(principal), key, name: 'issue-resident-card', input: body };
  return runCommand(store, command, async (tx) => {
    const id = newId();
    const card = { id, personId: body.personId, areaPath };
    try {
      const drawn = { token: newToken(), shortCode: newShortCode() };
      await insertCard(tx, store.clock, { ...card, ...drawn });
    } catch (error) {
      throw isDuplicate(error) ? new Problem(codesProblems.cardExists) : error;
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'issue-resident-card',
      objectKind: 'resident-card',
      objectId: id,
      detail: { personId: body.personId },
    });
    const written = await findCard(tx, { id }, everywhere);
    if (!written) throw new Error('a card cannot be read back');
    return toResidentCard(written);
  });
}
