import { civilDateOf } from '@ddp/calendar/civil-date';
import { listOperators } from '@ddp/contracts/identity/operator-routes';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { createAccounts, postTransfers, readLedgerHead } from '@ddp/contracts/points/routes';
import { deriveId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { endOfWorkingDay } from '../domain/settlement-clock.ts';
import { findMerchant } from '../store/merchants.ts';
import { lockStatement, markDrawn, type StoredStatement } from '../store/statements.ts';
import { collectBlock } from './collect-statement.ts';
import { accountsOf, drawingOf } from './statement-transfers.ts';

/**
 * Brings a statement from its first line to where it is drawn: lines and sums, the transfers of the
 * ledger, the head of its chain. Its owners are told. False when it has to wait for points.
 */
export async function drawStatement(deps: RewardsDeps, statementId: string): Promise<boolean> {
  const { store } = deps;
  for (;;) {
    const collected = await collectBlock(deps, statementId);
    if (collected === 'waiting') return false;
    if (collected === 'summed') break;
  }
  const read = (tx: Transaction<RewardsDatabase>) => lockStatement(tx, statementId);
  const statement = await transact(store.db, read);
  if (statement?.state !== 'summed') return true;
  const requestId = `statement-${statementId}`;
  await postToLedger(deps, statement, drawingOf(statement), requestId);
  const { seq: headSeq, hash: headHash } = await deps.caller.call(
    readLedgerHead,
    {},
    { requestId },
  );
  const owners = await listOwners(deps, statement.merchantId, requestId);
  const draw = async (tx: Transaction<RewardsDatabase>) => {
    const now = await readNow(tx, store.clock);
    const { at: disputeUntil, beyondData } = endOfWorkingDay(now, deps.settlementDays.dispute);
    if (beyondData) deps.log.warn({ statementId }, 'the holidays of a year are not known');
    const drawn = { headSeq, headHash, disputeUntil };
    if (!(await markDrawn(tx, store.clock, statementId, drawn))) return;
    const lastDay = civilDateOf(new Date(disputeUntil.getTime() - 1));
    const merchant = (await findMerchant(tx, statement.merchantId))?.name ?? '';
    const params = { merchant, month: statement.month, until: lastDay };
    const notices = owners.map((personId) => {
      const audience = { kind: 'person', personId } as const;
      return outgoing(noticeRequested, { audience, template: 'statement-drawn', params });
    });
    await appendEvents(tx, store, notices, requestId);
  };
  await transact(store.db, draw, { isRepeatable: true });
  return true;
}

async function listOwners(
  { caller }: RewardsDeps,
  merchantId: string,
  requestId: string,
): Promise<string[]> {
  const { items } = await caller.call(listOperators, { query: { merchantId } }, { requestId });
  return items.filter(({ role }) => role === 'merchant-owner').map(({ personId }) => personId);
}

/** Writes transfers of a statement, each once however often it is asked for. Throws when refused. */
export async function postToLedger(
  { caller }: RewardsDeps,
  statement: StoredStatement,
  transfers: ReturnType<typeof drawingOf>,
  requestId: string,
): Promise<void> {
  if (transfers.length === 0) return;
  const key = deriveId('settlement', statement.id, statement.state);
  const accounts = accountsOf(statement);
  await caller.call(createAccounts, { body: { accounts } }, { requestId, key });
  const { results } = await caller.call(postTransfers, { body: { transfers } }, { requestId, key });
  const refused = results.find(({ status }) => status === 'refused');
  if (refused) throw new Error(`the ledger refused a settlement: ${refused.problem}`);
}
