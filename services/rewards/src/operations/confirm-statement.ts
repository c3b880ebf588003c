import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  confirmStatement as confirmRoute,
  payStatement as payRoute,
} from '@ddp/contracts/rewards/settlement-routes';
import type { StatementState } from '@ddp/contracts/rewards/settlements';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { type StatementAct, statementAfter } from '../domain/statement-state.ts';
import { lockStatement, moveStatement, type StoredStatement } from '../store/statements.ts';
import { requireStatement, showStatement } from './list-statements.ts';
import { requireOwner } from './require-own-merchant.ts';

type Tx = Transaction<RewardsDatabase>;

/** The owner says that a statement is right; from then on nothing of it can be disputed. */
export async function confirmStatement(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof confirmRoute>,
): Promise<RouteResult<typeof confirmRoute>> {
  requireOwner(principal);
  const { id } = params;
  const command = { actor: actorOf(principal), key, name: 'confirm-statement', input: params };
  return runCommand(store, command, async (tx) => {
    const { to } = await lockFor(tx, principal, id, 'confirm');
    await moveStatement(tx, store.clock, id, { to, isConfirmed: true });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'confirm-statement',
      objectKind: 'statement',
      objectId: id,
    });
    return showStatement(await requireStatement(tx, principal, id));
  });
}

/** Says that a statement was paid; the ledger hears of it by a job. */
export async function payStatement(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof payRoute>,
): Promise<RouteResult<typeof payRoute>> {
  requirePermission('rewards.manage', principal);
  const { personId: by } = requirePerson(principal);
  const { id } = params;
  const { reference } = body;
  const input = { id, ...body };
  const command = { actor: actorOf(principal), key, name: 'pay-statement', input };
  return runCommand(store, command, async (tx) => {
    const { statement, to } = await lockFor(tx, principal, id, 'pay');
    const isToBePosted = statement.dueCents > 0;
    await moveStatement(tx, store.clock, id, { to, payment: { by, reference, isToBePosted } });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'pay-statement',
      objectKind: 'statement',
      objectId: id,
      detail: { reference, dueCents: statement.dueCents },
    });
    return showStatement(await requireStatement(tx, principal, id));
  });
}

/** Locks a statement within reach for an act. Throws 404 for another, 409 where it cannot be. */
export async function lockFor(
  tx: Tx,
  principal: Principal,
  id: string,
  act: StatementAct,
): Promise<{ statement: StoredStatement; to: StatementState }> {
  await requireStatement(tx, principal, id);
  const statement = await lockStatement(tx, id);
  if (!statement) throw new Error('a statement is never taken away');
  const to = statementAfter(act, statement.state as StatementState);
  if (to === null) throw new Problem(commonProblems.conflict);
  return { statement, to };
}
