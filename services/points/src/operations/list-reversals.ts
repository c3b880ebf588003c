import { requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type {
  listMyReversals as ownRoute,
  listReversals as staffRoute,
} from '@ddp/contracts/points/reversal-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { everywhere } from '@ddp/db-kit/scope';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { findParticipation } from '../store/participations.ts';
import { findReversal, listReversals as listRows, type Reversal } from '../store/reversals.ts';

type OwnReversal = RouteResult<typeof ownRoute>['items'][number];
type StaffReversal = RouteResult<typeof staffRoute>['items'][number];

/** Reversals in the areas of the staff who ask, the newest first. */
export async function listReversals(
  { store }: PointsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof staffRoute>,
): Promise<RouteResult<typeof staffRoute>> {
  requirePermission('points.read', principal);
  const staff = requirePerson(principal);
  const { limit, state } = query;
  const before = decodeCursor(query.cursor, idCursor);
  const filter = { scope: staff.areaPaths, state, before };
  const rows = await listRows(store.db, requireProgramme(staff), filter, limit);
  return toPage(rows, limit, toStaffReversal, ({ id }) => id);
}

/** Reversals of the awards of the person who asks; also after leaving. */
export async function listMyReversals(
  { store }: PointsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof ownRoute>,
): Promise<RouteResult<typeof ownRoute>> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const programmeId = requireProgramme(person);
  const participation = await findParticipation(store.db, programmeId, person.personId);
  if (!participation) throw new Problem(pointsProblems.notParticipating);
  const before = decodeCursor(query.cursor, idCursor);
  const filter = { scope: everywhere, participationId: participation.id, before } as const;
  const rows = await listRows(store.db, programmeId, filter, query.limit);
  return toPage(rows, query.limit, toOwnReversal, ({ id }) => id);
}

/** A reversal that must be there. */
export async function readReversal(
  db: Kysely<PointsDatabase>,
  programmeId: string,
  id: string,
): Promise<Reversal> {
  const reversal = await findReversal(db, programmeId, id);
  if (!reversal) throw new Problem(commonProblems.notFound);
  return reversal;
}

export function toOwnReversal(one: Reversal): OwnReversal {
  return {
    id: one.id,
    awardId: one.awardId,
    rule: one.rule,
    amountPoints: one.amountPoints,
    reason: one.reason,
    evidence: one.evidence,
    state: one.state,
    noticedAt: one.noticedAt.toISOString(),
    appealUntil: one.appealUntil.toISOString(),
    appeal: one.appeal,
    appealedAt: one.appealedAt?.toISOString() ?? null,
    decision: one.decision,
    endedAt: one.endedAt?.toISOString() ?? null,
  };
}

export function toStaffReversal(one: Reversal): StaffReversal {
  const { personId, noticedBy, decidedBy } = one;
  // Officers know the rating that was left out: they learn who gave it only from an appeal.
  const isUnnamed = one.rule === 'rating' && one.appeal === null;
  const parties = isUnnamed ? { personId: null, noticedBy: null } : { personId, noticedBy };
  return { ...toOwnReversal(one), ...parties, decidedBy };
}
