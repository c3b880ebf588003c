import type { OrderState } from '@ddp/contracts/volunteering/menu';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** How far ahead a service is ordered, and how long the time that is asked for may be. */
const furthestDays = 30;
const longestDays = 7;

/** Open orders of one person; wrong arrival codes of one round. */
export const mostOpenOrders = 5;
export const mostCodeTries = 5;

/** How long after its confirmation a service may be rated. */
export const rateHours = 168;

export type OrderMove =
  | 'take'
  | 'give-back'
  | 'arrive'
  | 'finish'
  | 'confirm'
  | 'object'
  | 'cancel'
  | 'decide'
  | 'refuse'
  | 'pass';

const moves: Record<OrderMove, Partial<Record<OrderState, OrderState>>> = {
  take: { placed: 'taken' },
  'give-back': { taken: 'placed' },
  arrive: { taken: 'arrived' },
  finish: { arrived: 'finished' },
  confirm: { finished: 'confirmed' },
  object: { finished: 'disputed' },
  cancel: { placed: 'cancelled', taken: 'cancelled' },
  decide: { disputed: 'confirmed' },
  refuse: { disputed: 'refused' },
  // What becomes of it when its time is over and nobody did anything.
  pass: { placed: 'expired', taken: 'missed', arrived: 'finished', finished: 'unconfirmed' },
};

/** Where a move brings an order; null where it has no place for it. */
export function decideOrderMove(state: OrderState, move: OrderMove): OrderState | null {
  return moves[move][state] ?? null;
}

/** Whether a time may be asked for: in the future, near enough, long enough and not for ever. */
export function mayBeWanted(
  wanted: { from: Date; until: Date },
  minutes: number,
  now: Date,
): boolean {
  const length = wanted.until.getTime() - wanted.from.getTime();
  const ahead = wanted.from.getTime() - now.getTime();
  return (
    ahead > 0 &&
    ahead <= furthestDays * dayMs &&
    length >= minutes * minuteMs &&
    length <= longestDays * dayMs
  );
}

/** When a service that begins then is over; null where it does not fit into what was asked for. */
export function endOfService(
  startsAt: Date,
  wanted: { from: Date; until: Date },
  minutes: number,
  now: Date,
): Date | null {
  const endsAt = new Date(startsAt.getTime() + minutes * minuteMs);
  return startsAt > now && startsAt >= wanted.from && endsAt <= wanted.until ? endsAt : null;
}

/** Whole minutes since the arrival; up to twice as many as planned count. */
export function measuredMinutes(arrivedAt: Date, finishedAt: Date, planned: number): number {
  const served = Math.floor((finishedAt.getTime() - arrivedAt.getTime()) / minuteMs);
  return Math.max(0, Math.min(served, 2 * planned));
}

export const addMinutes = (at: Date, minutes: number): Date =>
  new Date(at.getTime() + minutes * minuteMs);
