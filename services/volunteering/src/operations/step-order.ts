import { noticeRequested } from '@ddp/contracts/notices/events';
import type { TemplateParams } from '@ddp/contracts/notices/schemas';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { OrderState } from '@ddp/contracts/volunteering/menu';
import { type OutgoingEvent, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import { decideOrderMove, type OrderMove } from '../domain/order.ts';
import { lockOrder, type StoredOrder } from '../store/orders.ts';

type Tx = Transaction<VolunteeringDatabase>;

/** Locks an order for a step of one of its parties; for others it is not there. */
export async function lockForStep(
  tx: Tx,
  id: string,
  move: OrderMove,
  isParty: (order: StoredOrder) => boolean | Promise<boolean>,
): Promise<{ order: StoredOrder; state: OrderState }> {
  const order = await lockOrder(tx, id);
  if (!order || !(await isParty(order))) throw new Problem(commonProblems.notFound);
  const state = decideOrderMove(order.state, move);
  if (state === null) throw new Problem(commonProblems.conflict);
  return { order, state };
}

/** Who ordered it for themselves. */
export const ordered =
  ({ personId }: PersonPrincipal) =>
  (order: StoredOrder): boolean =>
    order.personId === personId;

/** Who took it. */
export const took =
  ({ personId }: PersonPrincipal) =>
  (order: StoredOrder): boolean =>
    order.volunteerId === personId;

/** Staff of where somebody without a phone lives, who are not the one who comes. */
export const assists =
  ({ areaPaths, personId }: PersonPrincipal) =>
  ({ isAssisted, areaPath, volunteerId }: StoredOrder): boolean =>
    isAssisted && volunteerId !== personId && areaPaths.some((path) => areaPath.startsWith(path));

type OrderTemplate =
  | 'order-taken'
  | 'order-given-back'
  | 'order-missed'
  | 'order-expired'
  | 'order-cancelled'
  | 'order-finished'
  | 'order-confirmed'
  | 'order-unconfirmed'
  | 'order-decided';

/** What one of the parties is told of an order. */
export function orderNotice(
  personId: string,
  template: OrderTemplate,
  params: TemplateParams,
): OutgoingEvent {
  return outgoing(noticeRequested, { audience: { kind: 'person', personId }, template, params });
}
