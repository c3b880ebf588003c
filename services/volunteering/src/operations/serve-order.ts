import { actorOf, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { addDays, civilDateOf, startOf } from '@ddp/calendar/civil-date';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  arriveAtOrder as arriveRoute,
  finishOrder as finishRoute,
} from '@ddp/contracts/volunteering/order-routes';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import { runCommand } from '@ddp/db-kit/command';
import { readNow } from '@ddp/db-kit/time';
import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { addMinutes, measuredMinutes, mostCodeTries } from '../domain/order.ts';
import { changeOrder, countCodeTry, type StoredOrder } from '../store/orders.ts';
import { readSettings } from '../store/settings.ts';
import { readOrder, showTakenOrder } from './show-order.ts';
import { lockForStep, orderNotice, took } from './step-order.ts';

type Tx = Transaction<VolunteeringDatabase>;

/**
 * Who took an order is there, which the code at the door proves. A wrong code is an answer that is
 * kept, so that its try counts and is not rolled back.
 */
export async function arriveAtOrder(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof arriveRoute>,
): Promise<RouteResult<typeof arriveRoute>> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const { store, orderKeys } = deps;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'arrive-at-order', input };
  const arrived = await runCommand(store, command, async (tx) => {
    const { order, state } = await lockForStep(tx, params.id, 'arrive', took(person));
    await requireInTime(deps, tx, order);
    if (order.codeTries >= mostCodeTries) throw new Problem(volunteeringProblems.tooManyCodes);
    if (!orderKeys.isArrivalCode(body.code, order.id, order.codeRound)) {
      await countCodeTry(tx, order.id);
      return null;
    }
    const arrivedAt = await readNow(tx, store.clock);
    const dueAt = addMinutes(arrivedAt, 2 * order.plannedMinutes);
    await changeOrder(tx, store.clock, order, { state, arrivedAt, dueAt });
    return showTakenOrder(await readOrder(tx, order.id));
  });
  if (!arrived) throw new Problem(volunteeringProblems.wrongArrivalCode);
  return arrived;
}

/** The work is done; who ordered it confirms that, or objects. */
export async function finishOrder(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof finishRoute>,
): Promise<RouteResult<typeof finishRoute>> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'finish-order', input: params };
  return runCommand(store, command, async (tx) => {
    const { order } = await lockForStep(tx, params.id, 'finish', took(person));
    const finishedAt = await readNow(tx, store.clock);
    const minutes = measuredMinutes(
      order.arrivedAt ?? finishedAt,
      finishedAt,
      order.plannedMinutes,
    );
    if (minutes === 0) throw new Problem(volunteeringProblems.timesUnfit);
    await endService({ store }, tx, order, { finishedAt, minutes, requestId: person.requestId });
    return showTakenOrder(await readOrder(tx, order.id));
  });
}

/** Brings a locked order to where its confirmation is waited for. */
export async function endService(
  { store }: Pick<VolunteeringDeps, 'store'>,
  tx: Tx,
  order: StoredOrder,
  { finishedAt, minutes, requestId }: { finishedAt: Date; minutes: number; requestId: string },
): Promise<void> {
  const { confirmDays } = await readSettings(tx, order.programmeId);
  const until = addDays(civilDateOf(finishedAt), confirmDays);
  // To the end of the day that is told.
  const dueAt = startOf(addDays(until, 1));
  await changeOrder(tx, store.clock, order, { state: 'finished', finishedAt, minutes, dueAt });
  const told = { item: order.title, minutes, until };
  await appendEvents(tx, store, [orderNotice(order.personId, 'order-finished', told)], requestId);
}

async function requireInTime(
  { store }: VolunteeringDeps,
  tx: Tx,
  { programmeId, startsAt, endsAt }: StoredOrder,
): Promise<void> {
  const { earlyMinutes } = await readSettings(tx, programmeId);
  const now = await readNow(tx, store.clock);
  const isInTime = startsAt && endsAt && addMinutes(startsAt, -earlyMinutes) <= now && now < endsAt;
  if (!isInTime) throw new Problem(volunteeringProblems.timesUnfit);
}
