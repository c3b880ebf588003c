import { requirePermission, requireService } from '@ddp/auth/authorize';
import type {
  readContact as contactRoute,
  readPerson as route,
} from '@ddp/contracts/identity/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { IdentityDeps } from '../deps.ts';
import { maskName, maskPhone } from '../domain/masking.ts';
import { findPerson } from '../store/people.ts';

/** A person in masked form, for other services. */
export async function readPerson(
  { store, vault }: IdentityDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('service', principal);
  const person = await findPerson(store.db, params.id);
  if (!person) throw new Problem(commonProblems.notFound);
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
