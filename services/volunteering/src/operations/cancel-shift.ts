import { actorOf } from '@ddp/auth/authorize';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  setPlaceCode as placeRoute,
  cancelShift as route,
} from '@ddp/contracts/volunteering/activity-routes';
import { runCommand } from '@ddp/db-kit/command';
import { readNow } from '@ddp/db-kit/time';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { minuteOf } from '../domain/minute-of.ts';
import type { StoredActivity } from '../store/activities.ts';
import { findShift, lockShift, setPlaceCodeOf, setShiftState } from '../store/shifts.ts';
import { endSignUpsOf } from '../store/sign-ups.ts';
import { lockLedActivity } from './draft-activity.ts';
import { requireOrganiser } from './require-lead.ts';
import { showWholeActivity } from './show-activity.ts';

type Tx = Transaction<VolunteeringDatabase>;

/** Cancels a shift before it begins, and tells whoever has a place or waits for one. */
export async function cancelShift(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const person = requireOrganiser(principal);
  const { store } = deps;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'cancel-shift', input };
  return runCommand(store, command, async (tx) => {
    const shift = await findShift(tx, params.id);
    if (!shift) throw new Problem(commonProblems.notFound);
    const activity = await lockLedActivity(tx, person, shift.activityId);
    const isOver = shift.startsAt <= (await readNow(tx, store.clock));
    if (isOver || shift.state === 'cancelled') throw new Problem(commonProblems.conflict);
    await cancelOneShift(deps, tx, { activity, shiftId: shift.id, requestId: person.requestId });
    return showWholeActivity(tx, activity.id);
  });
}

/** Of a locked activity: the places are free, and nobody is left in them. */
export async function cancelOneShift(
  { store }: VolunteeringDeps,
  tx: Tx,
  {
    activity,
    shiftId,
    requestId,
  }: { activity: StoredActivity; shiftId: string; requestId: string },
): Promise<void> {
  const shift = await lockShift(tx, shiftId);
  if (!shift || shift.state === 'cancelled') return;
  await setShiftState(tx, shiftId, 'cancelled');
  const personIds = await endSignUpsOf(tx, store.clock, shiftId);
  const notices = personIds.map((personId) =>
    outgoing(noticeRequested, {
      audience: { kind: 'person', personId },
      template: 'shift-cancelled',
      params: { activity: activity.title, at: minuteOf(shift.startsAt) },
    }),
  );
  await appendEvents(tx, store, notices, requestId);
}

/** Says which changing code of codes stands at the place. */
export async function setPlaceCode(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof placeRoute>,
): Promise<RouteResult<typeof placeRoute>> {
  const person = requireOrganiser(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'set-place-code', input };
  return runCommand(store, command, async (tx) => {
    const shift = await findShift(tx, params.id);
    if (!shift) throw new Problem(commonProblems.notFound);
    const activity = await lockLedActivity(tx, person, shift.activityId);
    const isOver = shift.endsAt <= (await readNow(tx, store.clock));
    if (isOver || shift.state === 'cancelled') throw new Problem(commonProblems.conflict);
    await setPlaceCodeOf(tx, shift.id, body.placeCodeId);
    return showWholeActivity(tx, activity.id);
  });
}
