import { actorOf, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  giveOrderBack as backRoute,
  takeOrder as route,
} from '@ddp/contracts/volunteering/order-routes';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import { runCommand } from '@ddp/db-kit/command';
import { readNow } from '@ddp/db-kit/time';
import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { isMinorOn } from '../domain/age.ts';
import { minuteOf } from '../domain/minute-of.ts';
import { endOfService } from '../domain/order.ts';
import { changeOrder, type StoredOrder } from '../store/orders.ts';
import { lockPerson } from '../store/people.ts';
import { isBusy } from '../store/sign-ups.ts';
import { isMemberOf } from '../store/teams.ts';
import { findVolunteer, listSkillsOf } from '../store/volunteers.ts';
import { readOrder, showTakenOrder } from './show-order.ts';
import { lockForStep, orderNotice, took } from './step-order.ts';

type Tx = Transaction<VolunteeringDatabase>;

/** Takes an order of a team that the caller belongs to, for a time within what was asked for. */
export async function takeOrder(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const { personId, requestId } = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'take-order', input };
  return runCommand(store, command, async (tx) => {
    const mayTake = async (one: StoredOrder) =>
      one.personId !== personId && (await isMemberOf(tx, one.teamId, personId));
    const { order, state } = await lockForStep(tx, params.id, 'take', mayTake);
    const now = await readNow(tx, store.clock);
    const startsAt = new Date(body.startsAt);
    const endsAt = endOfService(startsAt, order.wanted, order.plannedMinutes, now);
    if (!endsAt) throw new Problem(volunteeringProblems.timesUnfit);
    await requireAble(tx, personId, { order, startsAt, endsAt });
    const coming = { volunteerId: personId, startsAt, endsAt, dueAt: endsAt };
    await changeOrder(tx, store.clock, order, { state, ...coming });
    const told = { item: order.title, at: minuteOf(startsAt) };
    await appendEvents(tx, store, [orderNotice(order.personId, 'order-taken', told)], requestId);
    return showTakenOrder(await readOrder(tx, order.id));
  });
}

/** Gives an order back before coming, so that another may take it. */
export async function giveOrderBack(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof backRoute>,
): Promise<RouteResult<typeof backRoute>> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'give-order-back', input: params };
  return runCommand(store, command, async (tx) => {
    const { order, state } = await lockForStep(tx, params.id, 'give-back', took(person));
    const open = { volunteerId: null, startsAt: null, endsAt: null, dueAt: order.wanted.until };
    await changeOrder(tx, store.clock, order, { state, ...open });
    const told = orderNotice(order.personId, 'order-given-back', { item: order.title });
    await appendEvents(tx, store, [told], person.requestId);
    return showTakenOrder(await readOrder(tx, order.id));
  });
}

/** Locks the person and throws unless they are of age, can do it and have the time. */
async function requireAble(
  tx: Tx,
  personId: string,
  { order, startsAt, endsAt }: { order: StoredOrder; startsAt: Date; endsAt: Date },
): Promise<void> {
  const isPresent = await lockPerson(tx, personId);
  const volunteer = isPresent ? await findVolunteer(tx, personId) : null;
  if (!volunteer) throw new Problem(volunteeringProblems.noProfile);
  if (isMinorOn(volunteer.birthMonth, civilDateOf(startsAt))) {
    throw new Problem(volunteeringProblems.adultWanted);
  }
  const skills = (await listSkillsOf(tx, [personId])).get(personId) ?? [];
  if (order.skillId !== null && !skills.some(({ id }) => id === order.skillId)) {
    throw new Problem(volunteeringProblems.skillWanted);
  }
  if (await isBusy(tx, personId, { startsAt, endsAt })) {
    throw new Problem(volunteeringProblems.overlappingShift);
  }
}
