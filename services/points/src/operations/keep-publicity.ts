import { actorOf, requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import type {
  consentToPublicity as consentRoute,
  readMyPublicity as readRoute,
  withdrawPublicity as withdrawRoute,
} from '@ddp/contracts/points/award-routes';
import { pointsProblems } from '@ddp/contracts/points/problems';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents, type OutgoingEvent } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { listOpenAwards } from '../store/award-course.ts';
import {
  findParticipation,
  lockParticipationOf,
  type Participation,
} from '../store/participations.ts';
import { dropPublicity, findPublicity, keepPublicity } from '../store/publicity.ts';
import { readAward } from './list-awards.ts';
import { namePublication } from './publish-award.ts';

type OwnPublicity = RouteResult<typeof readRoute>;

/** How the public board names the person who asks. */
export async function readMyPublicity(
  { store }: PointsDeps,
  { principal }: Caller,
): Promise<OwnPublicity> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const programmeId = requireProgramme(person);
  const participation = await findParticipation(store.db, programmeId, person.personId);
  if (!participation || participation.leftAt !== null) {
    throw new Problem(pointsProblems.notParticipating);
  }
  const publicity = await findPublicity(store.db, participation.id);
  return {
    nickname: publicity?.nickname ?? null,
    givenAt: publicity?.givenAt.toISOString() ?? null,
  };
}

/** Separate consent to be named by a name of one's own choice; entries that are up follow it. */
export async function consentToPublicity(
  deps: PointsDeps,
  caller: Caller,
  { body }: RouteRequest<typeof consentRoute>,
): Promise<RouteResult<typeof consentRoute>> {
  const { store } = deps;
  return changePublicity(deps, caller, 'consent-to-publicity', body, (tx, { id }) =>
    keepPublicity(tx, store.clock, id, body.nickname),
  );
}

/** From now on entries name nobody; those that are up lose the name. */
export async function withdrawPublicity(
  deps: PointsDeps,
  caller: Caller,
): Promise<RouteResult<typeof withdrawRoute>> {
  return changePublicity(deps, caller, 'withdraw-publicity', null, (tx, { id }) =>
    dropPublicity(tx, id),
  );
}

async function changePublicity(
  deps: PointsDeps,
  caller: Caller,
  name: string,
  input: unknown,
  change: (tx: Transaction<PointsDatabase>, participation: Participation) => Promise<void>,
): Promise<OwnPublicity> {
  const { principal, key } = caller;
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const programmeId = requireProgramme(person);
  const command = { actor: actorOf(principal), key, name, input };
  await runCommand(deps.store, command, async (tx) => {
    const participation = await lockParticipationOf(tx, programmeId, person.personId);
    if (!participation || participation.leftAt !== null) {
      throw new Problem(pointsProblems.notParticipating);
    }
    await change(tx, participation);
    const events = await nameEntries(tx, participation.id);
    await appendEvents(tx, deps.store, events, principal.requestId);
  });
  return readMyPublicity(deps, caller);
}

/** The name, or none, for the entries of awards that are on the board or on their way there. */
async function nameEntries(
  tx: Transaction<PointsDatabase>,
  participationId: string,
): Promise<OutgoingEvent[]> {
  const events: OutgoingEvent[] = [];
  for (const id of await listOpenAwards(tx, participationId)) {
    const award = await readAward(tx, id);
    if (award.state !== 'proposed') events.push(await namePublication(tx, award));
  }
  return events;
}
