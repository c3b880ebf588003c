import { requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type { readMyBalance as route } from '@ddp/contracts/points/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteResult } from '@ddp/contracts/route';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { PointsDeps } from '../deps.ts';
import { levelOf, levelStanding, nextLevelAt } from '../domain/level.ts';
import { readMeters } from '../store/books.ts';
import { listLots } from '../store/lots.ts';
import { findParticipation } from '../store/participations.ts';
import { readSettings } from '../store/settings.ts';

/** Both meters of the person who asks, with the level they give and what expires when. */
export async function readMyBalance(
  { store, ledger }: PointsDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const programmeId = requireProgramme(person);
  const participation = await findParticipation(store.db, programmeId, person.personId);
  if (!participation || participation.leftAt !== null) {
    throw new Problem(pointsProblems.notParticipating);
  }
  const { accounts, keptLevel } = participation;
  const meters = await readMeters(store.db, ledger, accounts);
  const today = civilDateOf(await readNow(store.db, store.clock));
  const { levels } = await readSettings(store.db, programmeId, today);
  const level = levelOf(levels, levelStanding(meters.standing, keptLevel, today));
  const isKept = level.fromStanding > meters.standing;
  const lots = await listLots(store.db, participation.id);
  return {
    ...meters,
    lots: lots.flatMap(({ expiresOn, free }) => (free > 0 ? [{ expiresOn, points: free }] : [])),
    level: { zh: level.zh, en: level.en },
    levelUntil: isKept ? (keptLevel?.until ?? null) : null,
    nextLevelAt: nextLevelAt(levels, meters.standing),
  };
}
