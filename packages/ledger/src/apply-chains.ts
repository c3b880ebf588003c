import { decideTransfers } from './domain/decide-transfers.ts';
import { assertChain, type Chain } from './domain/transfer.ts';
import type { ChainVerdict } from './domain/verdict.ts';
import { type Ledger, type SqlTransaction, tablesOf } from './ledger.ts';
import { lockAccounts, updateBalances } from './store/account-rows.ts';
import { appendBlock, lockHead, readTimes } from './store/block-rows.ts';
import { writeHolds } from './store/hold-rows.ts';
import { insertTransfers, selectHoldAccounts, selectTransfers } from './store/transfer-rows.ts';

/**
 * Decides chains in order and writes what they change as one block, within the caller's READ
 * COMMITTED transaction; one verdict for each chain. Throws a RangeError on a malformed chain and
 * before any write. Accounts are locked first, in ascending order, the head of the chain last.
 * Between that and the commit nobody else writes transfers, so every verdict stands on the committed
 * state alone. Cut long requests by `cutIntoBlocks`, one transaction each.
 */
export async function applyChains(
  tx: SqlTransaction,
  ledger: Ledger,
  chains: readonly Chain[],
): Promise<ChainVerdict[]> {
  for (const chain of chains) assertChain(chain);
  if (chains.length === 0) return [];
  const tables = tablesOf(ledger.prefix);
  const { hashName } = ledger;
  const { ids, pendingIds, accountIds } = collectIds(chains);

  const holdAccountIds = await selectHoldAccounts(tx, tables, pendingIds);
  const accounts = await lockAccounts(tx, tables.account, [...accountIds, ...holdAccountIds]);
  const head = await lockHead(tx, tables);
  const { transfers, holdStates } = await selectTransfers(tx, tables, [...ids, ...pendingIds]);
  const { now, previousBlockAt } = await readTimes(tx, tables, head, ledger.clock);

  const state = { accounts, transfers, holdStates, blockSeq: head.seq + 1, previousBlockAt };
  const decision = decideTransfers(state, chains, now);
  if (decision.transfers.length > 0) {
    const digests = await insertTransfers(tx, tables, decision.transfers, hashName);
    await writeHolds(tx, tables.hold, decision.holdStates, decision.transfers);
    await updateBalances(tx, tables.account, accounts, decision.accounts);
    await appendBlock(tx, tables, head, { hashName, digests, createdAt: decision.blockAt });
  }
  return decision.verdicts;
}

function collectIds(chains: readonly Chain[]) {
  const ids: string[] = [];
  const pendingIds: string[] = [];
  const accountIds: string[] = [];
  for (const request of chains.flat()) {
    ids.push(request.id);
    switch (request.kind) {
      case 'posted':
      case 'pending':
        accountIds.push(request.debitAccountId, request.creditAccountId);
        break;
      case 'post-pending':
      case 'void-pending':
      case 'expire-pending':
        pendingIds.push(request.pendingId);
    }
  }
  return { ids, pendingIds, accountIds };
}
