import { actorOf, requirePermission } from '@ddp/auth/authorize';
import type { addOperator as route } from '@ddp/contracts/identity/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { canonicalJson, runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { IdentityDeps } from '../deps.ts';
import { insertGrant } from '../store/holdings.ts';
import { lockPerson } from '../store/people.ts';
import { findOrCreatePerson } from './keep-person.ts';

/** Lets the person of a phone act for a merchant; who is known already keeps their own name. */
export async function addOperator(
  deps: IdentityDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('service', principal);
  const { store, vault } = deps;
  const input = vault.digest('add-operator', canonicalJson(body)).toString('hex');
  const command = { actor: actorOf(principal), key, name: 'add-operator', input };
  return runCommand(store, command, async (tx) => {
    const { name, phone, role, merchantId } = body;
    const personId = await findOrCreatePerson(deps, tx, { name, phone });
    if (!(await lockPerson(tx, personId))) throw new Problem(commonProblems.conflict);
    await insertGrant(tx, store.clock, { personId, role, merchantId }).catch((error: unknown) => {
      if (!isDuplicate(error)) throw error;
    });
    return { personId };
  });
}
