import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  listMyOrders as mineRoute,
  listOpenOrders as openRoute,
  listMyServices as servicesRoute,
  listOrders as staffRoute,
} from '@ddp/contracts/volunteering/order-routes';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { everywhere } from '@ddp/db-kit/scope';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { VolunteeringDeps } from '../deps.ts';
import { listOrders as listStored, type OrderReach, type StoredOrder } from '../store/orders.ts';
import { findVolunteer } from '../store/volunteers.ts';
import { showOrder, showOwnOrder, showStaffOrder, showTakenOrder } from './show-order.ts';

type Query = RouteRequest<typeof mineRoute>['query'];

export async function listMyOrders(
  deps: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof mineRoute>,
): Promise<RouteResult<typeof mineRoute>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  const show = (one: StoredOrder) => showOwnOrder(deps, one);
  return list(deps, { scope: everywhere, personId }, query, show);
}

export async function listMyServices(
  deps: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof servicesRoute>,
): Promise<RouteResult<typeof servicesRoute>> {
  requirePermission('resident', principal);
  const { personId: volunteerId } = requirePerson(principal);
  return list(deps, { scope: everywhere, volunteerId }, query, showTakenOrder);
}

/** What teams of the caller are asked for; where to come to is told to who takes it. */
export async function listOpenOrders(
  deps: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof openRoute>,
): Promise<RouteResult<typeof openRoute>> {
  requirePermission('resident', principal);
  const { personId: openTo } = requirePerson(principal);
  if (!(await findVolunteer(deps.store.db, openTo))) {
    throw new Problem(volunteeringProblems.noProfile);
  }
  return list(deps, { scope: everywhere, openTo }, query, showOrder);
}

export async function listOrders(
  deps: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof staffRoute>,
): Promise<RouteResult<typeof staffRoute>> {
  requirePermission('volunteering.read', principal);
  const { areaPaths: scope } = requirePerson(principal);
  const show = (one: StoredOrder) => showStaffOrder(deps, one);
  return list(deps, { scope, state: query.state }, query, show);
}

async function list<Shown>(
  { store }: VolunteeringDeps,
  reach: OrderReach,
  { cursor, limit }: Query,
  show: (one: StoredOrder) => Shown,
): Promise<{ items: Shown[]; nextCursor: string | null }> {
  const rows = await listStored(store.db, reach, { after: decodeCursor(cursor, idCursor), limit });
  return toPage(rows, limit, show, ({ id }) => id);
}
