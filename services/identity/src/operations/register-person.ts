import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
} from '@ddp/auth/authorize';
import { identityProblems } from '@ddp/contracts/identity/problems';
import type { registerPerson as route } from '@ddp/contracts/identity/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { canonicalJson, runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { IdentityDeps } from '../deps.ts';
import { maskName, maskPhone } from '../domain/masking.ts';
import { insertConsent } from '../store/consents.ts';
import { createPerson } from './keep-person.ts';

/** Registers a resident at the counter, with how they agreed. */
export async function registerPerson(
  deps: IdentityDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('people.register', principal);
  const { store, vault, settings } = deps;
  const { personId: staffId } = requirePerson(principal);
  const homePath = await resolveArea(deps, body.areaCode, principal.requestId);
  requireArea(principal, homePath);
  // Neither the stored hash of the request nor its stored answer may give a name or number away.
  const input = vault.digest('register-person', canonicalJson(body)).toString('hex');
  const command = { actor: actorOf(principal), key, name: 'register-person', input };
  const personId = await runCommand(store, command, async (tx) => {
    const { name, phone } = body;
    const id = await createPerson(deps, tx, { name, phone, homePath }).catch((error: unknown) => {
      throw isDuplicate(error) ? new Problem(identityProblems.phoneTaken) : error;
    });
    await insertConsent(tx, store.clock, {
      personId: id,
      kind: 'privacy',
      version: settings.IDENTITY_PRIVACY_VERSION,
      how: body.consent,
      recordedBy: staffId,
    });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'register-person',
      objectKind: 'person',
      objectId: id,
      detail: { areaPath: homePath, consent: body.consent },
    });
    return id;
  });
  return {
    id: personId,
    maskedName: maskName(body.name),
    maskedPhone: maskPhone(body.phone),
    areaPath: homePath,
  };
}
