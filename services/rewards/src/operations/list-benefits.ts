import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { isStaffRole } from '@ddp/auth/permission-table';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import type { listBenefits as route } from '@ddp/contracts/rewards/routes';
import type { Benefit } from '@ddp/contracts/rewards/schemas';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import * as benefits from '../store/benefits.ts';

/** Residents see what their programme offers, staff all of their area, a merchant the own shop's. */
export async function listBenefits(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('signed-in', principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const reach = reachOf(requirePerson(principal));
  if (reach === null) return { items: [], nextCursor: null };
  const rows = await benefits.listBenefits(store.db, reach, query, page);
  return toPage(rows, query.limit, toPublicBenefit, (benefit) => benefit.id);
}

function reachOf(principal: PersonPrincipal): benefits.BenefitReach | null {
  const { role, areaPaths, merchantId, programmeId } = principal;
  if (isStaffRole(role)) return { kind: 'area', scope: areaPaths };
  if (role === 'merchant-owner' || role === 'merchant-clerk') {
    return merchantId === null ? null : { kind: 'shop', merchantId };
  }
  return programmeId === null ? null : { kind: 'offer', programmeId };
}

export function toPublicBenefit(benefit: benefits.StoredBenefit): Benefit {
  const { programmeId: _programmeId, ...shown } = benefit;
  return shown;
}
