import { actorOf, requirePermission, requireService } from '@ddp/auth/authorize';
import type {
  listOperators as listRoute,
  removeOperator as removeRoute,
  unbindOperator as unbindRoute,
} from '@ddp/contracts/identity/operator-routes';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { IdentityDeps } from '../deps.ts';
import { maskName, maskPhone } from '../domain/masking.ts';
import { deleteGrant, listOperators as readOperators, unbindGrant } from '../store/operators.ts';

/** Who acts for a merchant belongs to the service that keeps merchants. */
function requireRewards(principal: Principal): void {
  requirePermission('service', principal);
  if (requireService(principal).service !== 'rewards') throw new Problem(commonProblems.forbidden);
}

/** Who acts for a merchant, in masked form. */
export async function listOperators(
  { store, vault }: IdentityDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requireRewards(principal);
  const rows = await readOperators(store.db, query.merchantId);
  const items = rows.map(({ person, role, boundAt }) => {
    const { name, phone } = vault.openPerson(person.id, person);
    return {
      ...{ personId: person.id, role },
      maskedName: maskName(name),
      maskedPhone: maskPhone(phone),
      deviceBoundAt: boundAt?.toISOString() ?? null,
    };
  });
  return { items };
}

/** Takes a clerk's right away; sessions fall back to resident with the next look-up. */
export async function removeOperator(
  { store }: IdentityDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof removeRoute>,
): Promise<RouteResult<typeof removeRoute>> {
  requireRewards(principal);
  const command = { actor: actorOf(principal), key, name: 'remove-operator', input: body };
  await runCommand(store, command, async (tx) => deleteGrant(tx, body));
}

/** Forgets which phone a clerk is bound to; the next one that signs in is bound. */
export async function unbindOperator(
  { store }: IdentityDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof unbindRoute>,
): Promise<RouteResult<typeof removeRoute>> {
  requireRewards(principal);
  const command = { actor: actorOf(principal), key, name: 'unbind-operator', input: body };
  await runCommand(store, command, async (tx) => unbindGrant(tx, body));
}
