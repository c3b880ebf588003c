import { actorOf, auditActor, requirePermission } from '@ddp/auth/authorize';
import { identityProblems } from '@ddp/contracts/identity/problems';
import type { createStaff as route } from '@ddp/contracts/identity/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { canonicalJson, runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { IdentityDeps } from '../deps.ts';
import { hashPassword, readablePassword } from '../passwords.ts';
import { insertPassword } from '../store/credentials.ts';
import { createPerson } from './keep-person.ts';

/**
 * Makes an account for a member of staff; authority comes with a post. The one-time password
 * follows from the request's key, so that a repeat can show it again and no row holds it.
 */
export async function createStaff(
  deps: IdentityDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('staff.manage', principal);
  const { store, vault } = deps;
  const actor = actorOf(principal);
  const oneTimePassword = readablePassword(vault.digest('one-time-password', `${actor}\n${key}`));
  const secret = await hashPassword(oneTimePassword);
  const input = vault.digest('create-staff', canonicalJson(body)).toString('hex');
  const personId = await runCommand(
    store,
    { actor, key, name: 'create-staff', input },
    async (tx) => {
      const id = await createPerson(deps, tx, { name: body.name, phone: null, homePath: null });
      const credential = { personId: id, login: body.login, secret, mustChange: true };
      await insertPassword(tx, store.clock, credential).catch((error: unknown) => {
        throw isDuplicate(error) ? new Problem(identityProblems.loginTaken) : error;
      });
      await appendAudit(tx, store, {
        ...auditActor(principal),
        action: 'create-staff',
        objectKind: 'person',
        objectId: id,
      });
      return id;
    },
  );
  return { personId, oneTimePassword };
}
