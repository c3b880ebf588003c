import { requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type { Solvency } from '@ddp/contracts/points/solvency';
import type { readSolvency as route } from '@ddp/contracts/points/solvency-routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteResult } from '@ddp/contracts/route';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { decideSolvency } from '../domain/solvency.ts';
import { sumMaturing } from '../store/awards.ts';
import { readUnspent } from '../store/books.ts';
import { sumFunding } from '../store/funding.ts';
import { readSettings } from '../store/settings.ts';

/** Points outstanding in the programme against what its benefits could pay out. */
export async function readSolvency(
  deps: PointsDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof route>> {
  requirePermission('points.read', principal);
  const programmeId = requireProgramme(requirePerson(principal));
  const { db, clock } = deps.store;
  return solvencyOf(deps, db, programmeId, civilDateOf(await readNow(db, clock)));
}

/** Throws while the brake holds: staff grant nothing new, what earns by itself goes on. */
export async function requireUnbraked(
  deps: PointsDeps,
  tx: Kysely<PointsDatabase>,
  programmeId: string,
  on: string,
): Promise<void> {
  const { brakeAtPercent } = await readSettings(tx, programmeId, on);
  if (brakeAtPercent === null) return;
  const { isBraked } = await solvencyOf(deps, tx, programmeId, on);
  if (isBraked) throw new Problem(pointsProblems.grantsBraked);
}

async function solvencyOf(
  { ledger }: PointsDeps,
  db: Kysely<PointsDatabase>,
  programmeId: string,
  on: string,
): Promise<Solvency> {
  const maturingPoints = await sumMaturing(db, programmeId);
  const unspent = await readUnspent(db, ledger, programmeId);
  const fundedPoints = await sumFunding(db, programmeId);
  const { brakeAtPercent } = await readSettings(db, programmeId, on);
  // Both are read one after the other: what matures in between must not make the sum negative.
  const outstandingPoints = Math.max(0, unspent - maturingPoints);
  return decideSolvency({ outstandingPoints, maturingPoints, fundedPoints, brakeAtPercent });
}
