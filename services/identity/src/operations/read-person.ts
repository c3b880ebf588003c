import { requirePermission, requireService } from '@ddp/auth/authorize';
import type {
  readContact as contactRoute,
  readFullName as fullNameRoute,
  lookUpPerson as lookUpRoute,
  readPerson as route,
} from '@ddp/contracts/identity/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { IdentityDeps } from '../deps.ts';
import { maskName, maskPhone } from '../domain/masking.ts';
import { findPerson, findPersonByCredential, type StoredPerson } from '../store/people.ts';

/** A person in masked form, for other services. */
export async function readPerson(
  { store, vault }: IdentityDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('service', principal);
  const person = await findPerson(store.db, params.id);
  if (!person) throw new Problem(commonProblems.notFound);
  return toMasked(vault, person);
}

/** A resident by their number, for the one service in which people name each other by it. */
export async function lookUpPerson(
  { store, vault }: IdentityDeps,
  { principal }: Caller,
  { body }: RouteRequest<typeof lookUpRoute>,
): Promise<RouteResult<typeof lookUpRoute>> {
  requirePermission('service', principal);
  if (requireService(principal).service !== 'rewards') throw new Problem(commonProblems.forbidden);
  const person = await findPersonByCredential(store.db, 'phone', vault.phoneLookup(body.phone));
  if (!person || person.isErased || person.homePath === null) {
    throw new Problem(commonProblems.notFound);
  }
  return toMasked(vault, person);
}

function toMasked(vault: IdentityDeps['vault'], person: StoredPerson) {
  const { name, phone } = vault.openPerson(person.id, person);
  return {
    id: person.id,
    maskedName: maskName(name),
    maskedPhone: maskPhone(phone),
    areaPath: person.homePath,
  };
}

/** The phone in full, for the one service that sends text messages. */
export async function readContact(
  { store, vault }: IdentityDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof contactRoute>,
): Promise<RouteResult<typeof contactRoute>> {
  requirePermission('service', principal);
  if (requireService(principal).service !== 'notices') throw new Problem(commonProblems.forbidden);
  const person = await findPerson(store.db, params.id);
  if (!person) throw new Problem(commonProblems.notFound);
  return { phone: vault.openPerson(person.id, person).phone };
}

/** The whole name, for the one service that prints it on a paper the person asked for. */
export async function readFullName(
  { store, vault }: IdentityDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof fullNameRoute>,
): Promise<RouteResult<typeof fullNameRoute>> {
  requirePermission('service', principal);
  const { service } = requireService(principal);
  if (service !== 'volunteering') throw new Problem(commonProblems.forbidden);
  const person = await findPerson(store.db, params.id);
  if (!person) throw new Problem(commonProblems.notFound);
  return { name: vault.openPerson(person.id, person).name };
}
