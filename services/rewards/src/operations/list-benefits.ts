import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { isStaffRole } from '@ddp/auth/permission-table';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { readBenefit as readRoute } from '@ddp/contracts/rewards/benefit-routes';
import type { listBenefits as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { isOpen } from '../domain/benefit-state.ts';
import type { BenefitReach, RankedBenefit } from '../store/benefit-lists.ts';
import * as lists from '../store/benefit-lists.ts';
import { findBenefit, type StoredBenefit } from '../store/benefits.ts';
import { showBenefit } from './show-benefit.ts';

/** How far, then which: a page by distance goes on behind both. */
const placeCursor = /^[0-9]\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Residents see what their programme offers, staff all of their area, a merchant the own shop's. */
export async function listBenefits(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('signed-in', principal);
  const person = requirePerson(principal);
  const reach = reachOf(person);
  const after = decodePlace(query.cursor);
  if (reach === null) return { items: [], nextCursor: null };
  const home = query.sort === 'near' ? (person.areaPaths[0] ?? null) : null;
  const page = { after, limit: query.limit, home };
  const rows = await lists.listBenefits(store.db, store.clock, reach, query, page);
  return toPage(
    rows,
    query.limit,
    ({ rank: _rank, ...benefit }: RankedBenefit) => showBenefit(benefit),
    ({ rank, id }) => `${rank}.${id}`,
  );
}

function decodePlace(cursor: string | undefined): lists.ListPlace | null {
  const key = decodeCursor(cursor, placeCursor);
  return key === null ? null : { rank: Number(key[0]), id: key.slice(2) };
}

function reachOf(principal: PersonPrincipal): BenefitReach | null {
  const { role, areaPaths, merchantId, programmeId } = principal;
  if (isStaffRole(role)) return { kind: 'area', scope: areaPaths };
  if (role === 'merchant-owner' || role === 'merchant-clerk') {
    return merchantId === null ? null : { kind: 'shop', merchantId };
  }
  return programmeId === null ? null : { kind: 'offer', programmeId };
}

export async function readBenefit(
  deps: RewardsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<RouteResult<typeof readRoute>> {
  requirePermission('signed-in', principal);
  return showBenefit(await requireBenefitInSight(deps, requirePerson(principal), params.id));
}

/** A benefit that the person would find in their list. Throws 404 for another as for none. */
export async function requireBenefitInSight(
  { store }: RewardsDeps,
  person: PersonPrincipal,
  id: string,
): Promise<StoredBenefit> {
  const reach = reachOf(person);
  const benefit =
    reach?.kind === 'area'
      ? await findBenefit(store.db, id, reach.scope)
      : await findBenefit(store.db, id);
  const isInSight = async (seen: StoredBenefit): Promise<boolean> => {
    switch (reach?.kind) {
      case undefined:
        return false;
      case 'area':
        return true;
      case 'shop':
        return seen.shares.some((share) => share.merchantId === reach.merchantId);
      case 'offer':
        return (
          seen.programmeId === reach.programmeId &&
          isOpen(seen, await readNow(store.db, store.clock))
        );
    }
  };
  if (!benefit || !(await isInSight(benefit))) throw new Problem(commonProblems.notFound);
  return benefit;
}
