import type { Order, OwnOrder, TakenOrder } from '@ddp/contracts/volunteering/menu';
import type { Kysely } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { findOrder, type StoredOrder } from '../store/orders.ts';

const timeOf = (at: Date | null): string | null => at?.toISOString() ?? null;

/** What everybody who sees an order may see of it. */
export function showOrder(one: StoredOrder): Order {
  return {
    id: one.id,
    itemId: one.itemId,
    title: one.title,
    teamName: one.teamName,
    areaPath: one.areaPath,
    state: one.state,
    isAssisted: one.isAssisted,
    wantedFrom: one.wanted.from.toISOString(),
    wantedUntil: one.wanted.until.toISOString(),
    startsAt: timeOf(one.startsAt),
    endsAt: timeOf(one.endsAt),
    arrivedAt: timeOf(one.arrivedAt),
    finishedAt: timeOf(one.finishedAt),
    minutes: one.minutes,
    objection: one.objection,
    decision: one.decision,
    dueAt: timeOf(one.dueAt),
    placedAt: one.placedAt.toISOString(),
  };
}

export function showOwnOrder(
  { orderKeys }: Pick<VolunteeringDeps, 'orderKeys'>,
  one: StoredOrder,
): OwnOrder {
  const { id, codeRound, state, place, words, volunteerName } = one;
  const arrivalCode = state === 'taken' ? orderKeys.arrivalCode(id, codeRound) : null;
  return { ...showOrder(one), place, words, volunteerName, arrivalCode };
}

export function showTakenOrder(one: StoredOrder): TakenOrder {
  const { place, words, personName } = one;
  return { ...showOrder(one), place, words, personName };
}

export function showStaffOrder(
  deps: Pick<VolunteeringDeps, 'orderKeys'>,
  one: StoredOrder,
): OwnOrder & { personId: string; volunteerId: string | null } {
  const { personId, volunteerId } = one;
  return { ...showOwnOrder(deps, one), personId, volunteerId };
}

/** An order just written. */
export async function readOrder(
  db: Kysely<VolunteeringDatabase>,
  id: string,
): Promise<StoredOrder> {
  const stored = await findOrder(db, id);
  if (!stored) throw new Error('an order just written is not there');
  return stored;
}
