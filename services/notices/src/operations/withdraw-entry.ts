import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import type { PayloadOf } from '@ddp/contracts/event';
import type { publicationWithdrawn } from '@ddp/contracts/notices/events';
import type { withdrawEntry as route } from '@ddp/contracts/notices/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { NoticesDatabase } from '../database.ts';
import type { NoticesDeps } from '../deps.ts';
import { takeDown } from '../store/closings.ts';
import * as entries from '../store/entries.ts';
import { toShown } from './read-entry.ts';
import { type ToldEntry, tellOfEnding } from './tell-requester.ts';

/** Takes an entry off the board; it stays readable with the reason. */
export async function withdrawEntry(
  deps: NoticesDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('board.manage', principal);
  const { store } = deps;
  const { areaPaths } = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'withdraw-entry', input };
  return runCommand(store, command, async (tx) => {
    const entry = await entries.lockEntry(tx, params.id, areaPaths);
    if (!entry) throw new Problem(commonProblems.notFound);
    const { reason } = body;
    const told = { entry, requestId: principal.requestId };
    if (!(await endByWithdrawal(deps, tx, told, reason))) {
      throw new Problem(commonProblems.conflict);
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'withdraw-entry',
      objectKind: 'entry',
      objectId: entry.id,
      detail: { reference: entry.reference },
    });
    const ended = { state: 'withdrawn', outcome: 'withdrawn', withdrawalReason: reason } as const;
    return toShown({ ...entry, ...ended }, civilDateOf(deps.clock.now()));
  });
}

/**
 * Takes down what a service asked for and asks to take back. Where the entry is not there yet this
 * fails and is tried again: the asking is on its way.
 */
export async function withdrawRequested(
  deps: NoticesDeps,
  delivery: Delivery<PayloadOf<typeof publicationWithdrawn>>,
): Promise<void> {
  const { entryId, reason } = delivery.payload;
  await handleOnce(deps.store, delivery, async (tx) => {
    const entry = await entries.lockEntry(tx, entryId);
    if (!entry) throw new Error(`the entry ${entryId} has not been asked for yet`);
    await endByWithdrawal(deps, tx, { entry, requestId: delivery.requestId }, reason);
  });
}

async function endByWithdrawal(
  deps: NoticesDeps,
  tx: Transaction<NoticesDatabase>,
  told: ToldEntry,
  reason: string,
): Promise<boolean> {
  const ending = { outcome: 'withdrawn', reason } as const;
  if (!(await takeDown(tx, deps.store.clock, told.entry.id, ending))) return false;
  await tellOfEnding(deps, tx, told, ending.outcome);
  return true;
}
