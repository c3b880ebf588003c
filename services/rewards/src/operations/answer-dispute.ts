import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type {
  answerDispute as answerRoute,
  decideDispute as decideRoute,
} from '@ddp/contracts/rewards/settlement-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { endOfWorkingDay } from '../domain/settlement-clock.ts';
import { disputeAfter, statementAfter } from '../domain/statement-state.ts';
import * as disputes from '../store/disputes.ts';
import { lockStatement, moveStatement } from '../store/statements.ts';
import { reachOf } from './list-statements.ts';
import { showDispute } from './raise-dispute.ts';

type Shown = RouteResult<typeof answerRoute>;
type Tx = Transaction<RewardsDatabase>;

/** The first officer's word; a rejection is not the last one. */
export function answerDispute(
  deps: RewardsDeps,
  caller: Caller,
  request: RouteRequest<typeof answerRoute>,
): Promise<Shown> {
  return judge(deps, caller, request, 'answer');
}

/** The word of another officer, where the first one had rejected it. */
export function decideDispute(
  deps: RewardsDeps,
  caller: Caller,
  request: RouteRequest<typeof decideRoute>,
): Promise<Shown> {
  return judge(deps, caller, request, 'decision');
}

async function judge(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof answerRoute>,
  part: 'answer' | 'decision',
): Promise<Shown> {
  requirePermission('rewards.manage', principal);
  const { personId: by } = requirePerson(principal);
  const { store } = deps;
  const { id } = params;
  const reach = reachOf(principal);
  const name = part === 'answer' ? 'answer-dispute' : 'decide-dispute';
  const command = { actor: actorOf(principal), key, name, input: { id, ...body } };
  return runCommand(store, command, async (tx) => {
    const { statementId } = await requireDispute(deps, tx, id, reach);
    await lockStatement(tx, statementId);
    const dispute = await requireDispute(deps, tx, id, reach);
    if (dispute.state !== (part === 'answer' ? 'raised' : 'referred')) {
      throw new Problem(commonProblems.conflict);
    }
    if (part === 'decision' && dispute.answeredBy === by) {
      throw new Problem(rewardsProblems.ownAnswer);
    }
    const to = disputeAfter(dispute.state, body.verdict);
    if (to === null) throw new Problem(commonProblems.conflict);
    const correctionCents = body.verdict === 'upheld' ? body.rightCents - dispute.cents : null;
    if (correctionCents === 0) throw new Problem(rewardsProblems.sameValue);
    const now = await readNow(tx, store.clock);
    const next = to === 'referred' ? endOfWorkingDay(now, deps.settlementDays.answer).at : null;
    const move = { to, part, words: body.words, by, dueAt: next, correctionCents };
    await disputes.moveDispute(tx, store.clock, id, move);
    await endDisputes(deps, tx, statementId);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: name,
      objectKind: 'dispute',
      objectId: id,
      detail: { verdict: body.verdict, correctionCents },
    });
    return showDispute(await requireDispute(deps, tx, id, reach));
  });
}

async function requireDispute(
  { store }: RewardsDeps,
  tx: Tx,
  id: string,
  reach: Parameters<typeof disputes.findDispute>[3],
): Promise<disputes.StoredDispute> {
  const dispute = await disputes.findDispute(tx, store.clock, id, reach);
  if (!dispute) throw new Problem(commonProblems.notFound);
  return dispute;
}

/** With its last dispute a statement is as before: to be confirmed, or closed when its time is over. */
async function endDisputes({ store }: RewardsDeps, tx: Tx, statementId: string): Promise<void> {
  if (await disputes.hasOpenDispute(tx, statementId)) return;
  const to = statementAfter('end-disputes', 'disputed');
  if (to !== null) await moveStatement(tx, store.clock, statementId, { to });
}
