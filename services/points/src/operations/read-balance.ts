import { requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type { readMyBalance as route } from '@ddp/contracts/points/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteResult } from '@ddp/contracts/route';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { PointsDeps } from '../deps.ts';
import { levelOf } from '../domain/level.ts';
import { readMeters } from '../store/books.ts';
import { findParticipation } from '../store/participations.ts';

/** Both meters of the person who asks, with the level they give. */
export async function readMyBalance(
  { store, ledger }: PointsDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const participation = await findParticipation(
    store.db,
    requireProgramme(person),
    person.personId,
  );
  if (!participation || participation.leftAt !== null) {
    throw new Problem(pointsProblems.notParticipating);
  }
  const meters = await readMeters(store.db, ledger, participation.accounts);
  const level = levelOf(meters.standing);
  return { ...meters, level: level.name, nextLevelAt: level.nextAt };
}
