import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
} from '@ddp/auth/authorize';
import type {
  findResident as findRoute,
  listNames as namesRoute,
  listStaff as staffRoute,
} from '@ddp/contracts/identity/people-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { canonicalJson, runCommand } from '@ddp/db-kit/command';
import { decodeCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { IdentityDeps } from '../deps.ts';
import { maskName, maskPhone } from '../domain/masking.ts';
import { findPerson, findPersonByCredential } from '../store/people.ts';
import { listAccounts, listNamed } from '../store/staff.ts';

/** What colleagues, and residents of the caller's areas, are called. */
export async function listNames(
  { store, vault }: IdentityDeps,
  { principal }: Caller,
  { body }: RouteRequest<typeof namesRoute>,
): Promise<RouteResult<typeof namesRoute>> {
  requirePermission('staff', principal);
  const { areaPaths } = requirePerson(principal);
  const known = new Map<string, string | null>();
  for (const { person, isStaff } of await listNamed(store.db, body.personIds)) {
    const isNear = areaPaths.some((path) => person.homePath?.startsWith(path));
    if (isStaff || isNear) {
      known.set(person.id, maskName(vault.openPerson(person.id, person).name));
    }
  }
  const items = body.personIds.map((personId) => ({
    personId,
    maskedName: known.get(personId) ?? null,
  }));
  return { items };
}

/** A resident of the caller's areas by their number; that somebody looked is written down. */
export async function findResident(
  { store, vault }: IdentityDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof findRoute>,
): Promise<RouteResult<typeof findRoute>> {
  requirePermission('people.register', principal);
  const input = vault.digest('find-resident', canonicalJson(body)).toString('hex');
  const command = { actor: actorOf(principal), key, name: 'find-resident', input };
  const personId = await runCommand(store, command, async (tx) => {
    const found = await findPersonByCredential(tx, 'phone', vault.phoneLookup(body.phone));
    if (!found || found.homePath === null) throw new Problem(commonProblems.notFound);
    requireArea(principal, found.homePath);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'find-resident',
      objectKind: 'person',
      objectId: found.id,
    });
    return found.id;
  });
  const person = await findPerson(store.db, personId);
  if (!person) throw new Problem(commonProblems.notFound);
  const { name, phone } = vault.openPerson(person.id, person);
  return {
    id: person.id,
    maskedName: maskName(name),
    maskedPhone: maskPhone(phone),
    areaPath: person.homePath,
  };
}

const loginCursor = /^[a-z][a-z0-9._-]{2,39}$/;

/** Accounts of staff, whom posts are given to. */
export async function listStaff(
  { store, vault }: IdentityDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof staffRoute>,
): Promise<RouteResult<typeof staffRoute>> {
  requirePermission('directory.manage', principal);
  const rows = await listAccounts(store.db, {
    after: decodeCursor(query.cursor, loginCursor),
    search: query.search ?? '',
    limit: query.limit + 1,
  });
  return toPage(
    rows,
    query.limit,
    ({ person, login, mustChange }) => ({
      personId: person.id,
      login,
      maskedName: maskName(vault.openPerson(person.id, person).name),
      mustChangePassword: mustChange,
    }),
    ({ login }) => login,
  );
}
