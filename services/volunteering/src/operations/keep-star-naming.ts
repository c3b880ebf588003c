import { actorOf, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { publicationNamed } from '@ddp/contracts/notices/events';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import type {
  consentToStarNaming as consentRoute,
  readMyStarNaming as readRoute,
} from '@ddp/contracts/volunteering/star-routes';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { lockPerson } from '../store/people.ts';
import { readStarNaming, saveStarNaming } from '../store/star-naming.ts';
import { listLiveStars, openStates } from '../store/stars.ts';
import { findVolunteer } from '../store/volunteers.ts';
import { starRefOf } from './star-steps.ts';

type Naming = RouteResult<typeof readRoute>;

/** How the public board names the person who asks, when they rise. */
export async function readMyStarNaming(
  { store }: VolunteeringDeps,
  { principal }: Caller,
): Promise<Naming> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  if (!(await findVolunteer(store.db, personId))) {
    throw new Problem(volunteeringProblems.noProfile);
  }
  return showNaming(store.db, personId);
}

/** Separate consent to be named by a name of one's own choice; entries that are up follow it. */
export function consentToStarNaming(
  deps: VolunteeringDeps,
  caller: Caller,
  { body }: RouteRequest<typeof consentRoute>,
): Promise<Naming> {
  return changeNaming(deps, caller, 'consent-to-star-naming', body.nickname);
}

/** From now on entries name nobody; those that are up lose the name. */
export function withdrawStarNaming(deps: VolunteeringDeps, caller: Caller): Promise<Naming> {
  return changeNaming(deps, caller, 'withdraw-star-naming', null);
}

async function changeNaming(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  name: string,
  nickname: string | null,
): Promise<Naming> {
  requirePermission('resident', principal);
  const { personId, requestId } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name, input: { nickname } };
  return runCommand(store, command, async (tx) => {
    const isHere = await lockPerson(tx, personId);
    if (!isHere || !(await findVolunteer(tx, personId))) {
      throw new Problem(volunteeringProblems.noProfile);
    }
    await saveStarNaming(tx, store.clock, personId, nickname);
    const { namedAs, namingVersion } = await readStarNaming(tx, personId);
    const live = await listLiveStars(tx, { personId });
    const named = live
      .filter(({ state }) => openStates.some((open) => open === state))
      .map(({ id }) =>
        outgoing(publicationNamed, {
          ...{ entryId: id, subjectRef: starRefOf(id), namedAs, namingVersion },
        }),
      );
    await appendEvents(tx, store, named, requestId);
    return showNaming(tx, personId);
  });
}

async function showNaming(db: Kysely<VolunteeringDatabase>, personId: string): Promise<Naming> {
  const { namedAs, givenAt } = await readStarNaming(db, personId);
  return { nickname: namedAs, givenAt: givenAt?.toISOString() ?? null };
}
