import { actorOf } from '@ddp/auth/authorize';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { sayLeaving as route } from '@ddp/contracts/volunteering/attendance-routes';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import { runCommand } from '@ddp/db-kit/command';
import { deriveId, newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { findActivity } from '../store/activities.ts';
import {
  findAttendance,
  insertScan,
  listForgotten,
  type StoredAttendance,
  setTimes,
} from '../store/attendances.ts';
import { lockPerson } from '../store/people.ts';
import { readSettings } from '../store/settings.ts';
import { forgetCheckOut, readAttendance } from './apply-scan.ts';
import { teamOf } from './draft-activity.ts';
import { showAttendance } from './list-attendances.ts';
import { isLeading, requireOrganiser } from './require-lead.ts';

type Tx = Transaction<VolunteeringDatabase>;
const batchSize = 200;

/** One tap where the check-out was forgotten, by the volunteer or who leads; confirmed afterwards. */
export async function sayLeaving(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const person = requireOrganiser(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'say-leaving', input };
  return runCommand(store, command, async (tx) => {
    const seen = await findAttendance(tx, params.id);
    const team = seen && teamOf(await findActivity(tx, seen.activityId));
    const isMine = seen?.personId === person.personId;
    if (!seen || !(isMine || (team && (await isLeading(tx, person, team))))) {
      throw new Problem(commonProblems.notFound);
    }
    await lockPerson(tx, seen.personId);
    const one = await readAttendance(tx, seen.signUpId);
    if (one.state !== 'forgotten' || !one.inAt) throw new Problem(commonProblems.conflict);
    const leftAt = new Date(body.leftAt);
    if (leftAt <= one.inAt || leftAt > one.endsAt) {
      throw new Problem(volunteeringProblems.leftOutside);
    }
    const { signUpId, inAt, inWay, endsAt } = one;
    const scan = { eventId: deriveId('leaving', person.personId, key), signUpId, at: leftAt };
    const said = { kind: 'out', way: 'said', by: person.personId, isLate: false } as const;
    await insertScan(tx, store.clock, { ...scan, ...said, isCounted: true });
    const times = { inAt, inWay, outAt: leftAt, outWay: 'said', state: 'out' } as const;
    await setTimes(tx, one, times, { dueAt: endsAt, isLate: false });
    return showAttendance(await readAttendance(tx, signUpId));
  });
}

/** Ends the presence of who has not checked out in time, and asks them when they left. */
export async function closeForgotten(deps: VolunteeringDeps): Promise<void> {
  const { store, log } = deps;
  const due = await listForgotten(store.db, store.clock, batchSize);
  for (const one of due) {
    await closeOne(deps, one).catch((error: unknown) => {
      log.error({ err: error, signUpId: one.signUpId }, 'a check-out could not be ended');
    });
  }
  if (due.length > 0) store.onCommit();
}

function closeOne({ store }: VolunteeringDeps, seen: StoredAttendance): Promise<void> {
  const run = async (tx: Tx) => {
    await lockPerson(tx, seen.personId);
    const one = await readAttendance(tx, seen.signUpId);
    const activity = await findActivity(tx, one.activityId);
    if (one.state !== 'present' || !activity) return;
    const window = await readSettings(tx, activity.programmeId);
    await forgetCheckOut(tx, one, window);
    const told = outgoing(noticeRequested, {
      audience: { kind: 'person', personId: one.personId },
      template: 'check-out-missing',
      params: { activity: one.title },
    });
    await appendEvents(tx, store, [told], `forgotten-${newId()}`);
  };
  return transact(store.db, run, { isRepeatable: true });
}
