import { requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import type {
  listMyAwards as ownRoute,
  readAward as readRoute,
  listAwards as staffRoute,
} from '@ddp/contracts/points/award-routes';
import { pointsProblems } from '@ddp/contracts/points/problems';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { type AreaScope, everywhere } from '@ddp/db-kit/scope';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { isGranted } from '../domain/award-state.ts';
import { type Award, findAward, listAwards as listRows } from '../store/awards.ts';
import { findParticipation } from '../store/participations.ts';

type OwnAward = RouteResult<typeof ownRoute>['items'][number];
type StaffAward = RouteResult<typeof readRoute>;

/** Awards in the areas of the staff who ask, the newest first. */
export async function listAwards(
  { store }: PointsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof staffRoute>,
): Promise<RouteResult<typeof staffRoute>> {
  requirePermission('points.read', principal);
  const staff = requirePerson(principal);
  const { limit, state, personId } = query;
  const before = decodeCursor(query.cursor, idCursor);
  const filter = { scope: staff.areaPaths, state, personId, before };
  const rows = await listRows(store.db, requireProgramme(staff), filter, limit);
  return toPage(rows, limit, toAward, ({ id }) => id);
}

export async function readStaffAward(
  { store }: PointsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<StaffAward> {
  requirePermission('points.read', principal);
  const staff = requirePerson(principal);
  return toAward(await readAwardOf(store.db, params.id, requireProgramme(staff), staff.areaPaths));
}

/** Awards of the person who asks, whatever became of them. */
export async function listMyAwards(
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
  return toPage(rows, query.limit, toOwnAward, ({ id }) => id);
}

/** An award that must be there. */
export async function readAward(
  db: Kysely<PointsDatabase>,
  id: string,
  scope: AreaScope = everywhere,
): Promise<Award> {
  const award = await findAward(db, id, scope);
  if (!award) throw new Problem(commonProblems.notFound);
  return award;
}

/** An award of a programme within an area. */
export async function readAwardOf(
  db: Kysely<PointsDatabase>,
  id: string,
  programmeId: string,
  scope: AreaScope,
): Promise<Award> {
  const award = await readAward(db, id, scope);
  if (award.programmeId !== programmeId) throw new Problem(commonProblems.notFound);
  return award;
}

export function toOwnAward(award: Award): OwnAward {
  return {
    id: award.id,
    rule: award.rule,
    ruleVersion: award.ruleVersion,
    option: award.option,
    amountPoints: award.amountPoints,
    evidence: award.evidence,
    state: award.state,
    proposedAt: award.proposedAt.toISOString(),
    awardedAt: isGranted(award.state) ? award.awardedAt.toISOString() : null,
    entryReference: award.entryReference,
    publishedFrom: award.publishedFrom,
    publishedTo: award.publishedTo,
    endReason: award.endReason,
  };
}

export function toAward(award: Award): StaffAward {
  const { personId, awardedBy, approvedBy } = award;
  return { ...toOwnAward(award), personId, awardedBy, approvedBy };
}
