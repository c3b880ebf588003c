import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { exportMe as route } from '@ddp/contracts/identity/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteResult } from '@ddp/contracts/route';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { IdentityDeps } from '../deps.ts';
import { listConsents } from '../store/consents.ts';
import { findPerson } from '../store/people.ts';
import { listSessionTimes } from '../store/sessions.ts';

/** Everything kept here about the person who asks, in readable form. */
export async function exportMe(
  { store, vault }: IdentityDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof route>> {
  requirePermission('signed-in', principal);
  const { personId } = requirePerson(principal);
  const person = await findPerson(store.db, personId);
  if (!person) throw new Problem(commonProblems.notSignedIn);
  const consents = await listConsents(store.db, personId);
  const sessions = await listSessionTimes(store.db, personId);
  return {
    person: {
      ...vault.openPerson(personId, person),
      id: personId,
      areaPath: person.homePath,
      registeredAt: person.createdAt.toISOString(),
    },
    consents: consents.map(({ givenAt, ...consent }) => ({
      ...consent,
      givenAt: givenAt.toISOString(),
    })),
    sessions: sessions.map(({ startedAt, expiresAt }) => ({
      startedAt: startedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    })),
  };
}
