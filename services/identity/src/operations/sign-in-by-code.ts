import { requirePermission } from '@ddp/auth/authorize';
import { identityProblems } from '@ddp/contracts/identity/problems';
import type { signInByCode as route } from '@ddp/contracts/identity/routes';
import type { Role } from '@ddp/contracts/permission';
import type { Principal } from '@ddp/contracts/principal';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { transact } from '@ddp/db-kit/transact';
import type { AnswerHeaders, Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { Transaction } from 'kysely';
import type { IdentityDatabase } from '../database.ts';
import type { IdentityDeps } from '../deps.ts';
import { maxCodeTries } from '../domain/limits.ts';
import { countTry, useCode } from '../store/codes.ts';
import { insertConsent } from '../store/consents.ts';
import { readHoldings } from '../store/holdings.ts';
import { bindDevice, isBoundTo } from '../store/operators.ts';
import { findPersonByCredential, type StoredPerson, setHome } from '../store/people.ts';
import { describeSession } from './describe-session.ts';
import { findOrCreatePerson } from './keep-person.ts';
import { deviceOf, openSession, setSessionCookie } from './open-session.ts';

type Request = RouteRequest<typeof route>;

/**
 * Signs in by the code that was sent. The try is counted, and stays counted, before the code is
 * compared; a refusal for another reason than the code leaves the code to be used once more.
 */
export async function signInByCode(
  deps: IdentityDeps,
  { principal }: Caller,
  { body }: Request,
  headers: AnswerHeaders,
): Promise<RouteResult<typeof route>> {
  requirePermission('public', principal);
  const { store, vault, settings } = deps;
  await checkCode(deps, body);
  const known = await findPersonByCredential(store.db, 'phone', vault.phoneLookup(body.phone));
  const role = body.role === 'merchant' ? await merchantRoleOf(deps, known) : 'resident';
  const homePath = await decideHome(deps, known, body, principal.requestId);

  const opened = await transact(
    store.db,
    async (tx) => {
      if (!(await useCode(tx, store.clock, body.requestId))) {
        throw new Problem(identityProblems.wrongCode);
      }
      const personId = await findOrCreatePerson(deps, tx, { name: null, phone: body.phone });
      if (homePath !== null && (await setHome(tx, personId, homePath))) {
        await insertConsent(tx, store.clock, {
          personId,
          kind: 'privacy',
          version: settings.IDENTITY_PRIVACY_VERSION,
          how: 'self',
          recordedBy: null,
        });
      }
      if (body.role === 'merchant') await bindClerk(deps, tx, { personId, role, principal });
      const request = { personId, method: 'code', role, mustChangePassword: false } as const;
      return openSession(deps, tx, { ...request, principal });
    },
    { isRepeatable: false },
  );
  setSessionCookie(deps, headers, opened.token, 'code');
  return describeSession(deps, opened.session);
}

/**
 * A clerk's first sign-in binds the phone; until the owner unbinds it, no other one will do. An owner
 * who is somebody else's clerk signs in as the owner, and may act as the clerk on that phone too.
 */
async function bindClerk(
  { store }: IdentityDeps,
  tx: Transaction<IdentityDatabase>,
  { personId, role, principal }: { personId: string; role: Role; principal: Principal },
): Promise<void> {
  const device = deviceOf(principal);
  if (device !== null) await bindDevice(tx, store.clock, personId, device);
  if (role !== 'merchant-clerk') return;
  if (device === null || !(await isBoundTo(tx, personId, device))) {
    throw new Problem(identityProblems.deviceNotBound);
  }
}

async function checkCode({ store, vault }: IdentityDeps, body: Request['body']): Promise<void> {
  const hash = await countTry(store.db, store.clock, {
    id: body.requestId,
    phoneLookup: vault.phoneLookup(body.phone),
    maxTries: maxCodeTries,
  });
  if (hash === null || !vault.matchesCode(hash, body.requestId, body.code)) {
    throw new Problem(identityProblems.wrongCode);
  }
}

async function merchantRoleOf({ store }: IdentityDeps, person: StoredPerson | null): Promise<Role> {
  const { grants } = person ? await readHoldings(store.db, person.id) : { grants: [] };
  const roles = grants.map((grant) => grant.role);
  if (roles.includes('merchant-owner')) return 'merchant-owner';
  if (roles.includes('merchant-clerk')) return 'merchant-clerk';
  throw new Problem(identityProblems.roleNotHeld);
}

/** The home of somebody who becomes a resident now; null when nothing changes. */
async function decideHome(
  deps: IdentityDeps,
  person: StoredPerson | null,
  body: Request['body'],
  requestId: string,
): Promise<string | null> {
  if (body.role === 'merchant' || (person !== null && person.homePath !== null)) return null;
  if (body.areaCode === undefined) throw new Problem(identityProblems.areaRequired);
  return resolveArea(deps, body.areaCode, requestId);
}
