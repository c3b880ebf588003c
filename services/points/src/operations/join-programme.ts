import { actorOf, requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type { joinProgramme as route } from '@ddp/contracts/points/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { accountsOf, openBooks } from '../store/books.ts';
import {
  insertConsent,
  insertParticipation,
  lockParticipation,
  lockParticipationOf,
  reopenParticipation,
} from '../store/participations.ts';
import { lockResident } from '../store/residents.ts';

interface Joining {
  programmeId: string;
  personId: string;
  areaPath: string;
}

/** Joins by the person's own consent; who left comes back to the standing they had. */
export async function joinProgramme(
  deps: PointsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const { store } = deps;
  const person = requirePerson(principal);
  const { personId } = person;
  const programmeId = requireProgramme(person);
  const [areaPath] = person.areaPaths;
  if (areaPath === undefined) throw new Problem(commonProblems.conflict);
  const command = { actor: actorOf(principal), key, name: 'join-programme', input: body };
  return runCommand(store, command, async (tx) => {
    return takeIn(deps, tx, { programmeId, personId, areaPath }, body.consentVersion);
  });
}

/** Takes a person in who has agreed to a version, new or back again. */
export async function takeIn(
  deps: PointsDeps,
  tx: Transaction<PointsDatabase>,
  joining: Joining,
  consentVersion: string,
): Promise<RouteResult<typeof route>> {
  const { store } = deps;
  if (!(await lockResident(tx, joining.personId))) throw new Problem(commonProblems.notFound);
  const participationId = await openParticipation(deps, tx, joining);
  await insertConsent(tx, store.clock, participationId, consentVersion);
  const { joinedAt } = await lockParticipation(tx, participationId);
  return { programmeId: joining.programmeId, joinedAt: joinedAt.toISOString(), leftAt: null };
}

async function openParticipation(
  { store, ledger }: PointsDeps,
  tx: Transaction<PointsDatabase>,
  joining: Joining,
): Promise<string> {
  const earlier = await lockParticipationOf(tx, joining.programmeId, joining.personId);
  if (earlier) {
    if (earlier.leftAt === null) throw new Problem(pointsProblems.joinedAlready);
    await reopenParticipation(tx, store.clock, earlier.id);
    return earlier.id;
  }
  const id = newId();
  try {
    await insertParticipation(tx, store.clock, { ...joining, id, accounts: accountsOf(id) });
  } catch (error) {
    throw isDuplicate(error) ? new Problem(pointsProblems.joinedAlready) : error;
  }
  await openBooks(tx, ledger, joining.programmeId, id);
  return id;
}
