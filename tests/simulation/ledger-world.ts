import type { Account, LimitKind } from '@ddp/ledger/domain/account';
import { digestTransfer, genesisHash, hashBlock } from '@ddp/ledger/domain/block';
import type { Decision } from '@ddp/ledger/domain/decide-transfers';
import type { Chain, HoldState, Transfer } from '@ddp/ledger/domain/transfer';
import type { ChainVerdict } from '@ddp/ledger/domain/verdict';
import { createModelLedger, type ModelLedger } from './model-ledger.ts';
import type { Rules } from './rules.ts';
import { insist, type Trace } from './trace.ts';

export interface LedgerWorld {
  /** Commits chains as one block, and insists that the model says and counts the same. */
  apply(chains: readonly Chain[], now: Date): string[];
  account(id: string): Account;
  /** Closes an account that has nothing pending; says whether it did. */
  close(id: string, now: Date): boolean;
  /** Open holds of a unit whose deadline has come. */
  dueHolds(unit: string, now: Date): Transfer[];
  has(id: string): boolean;
}

export function accountOf(id: string, unit: string, limitKind: LimitKind): Account {
  return {
    ...{ id, unit, limitKind, code: 1, reference: null, closedAt: null, createdAt: new Date(0) },
    ...{ debitsPosted: 0, creditsPosted: 0, debitsPending: 0, creditsPending: 0 },
  };
}

/** The committed state of a ledger beside the model of it. */
interface Books {
  rules: Rules;
  trace: Trace;
  accounts: Map<string, Account>;
  transfers: Map<string, Transfer>;
  holdStates: Map<string, HoldState>;
  model: ModelLedger;
  head: { seq: number; hash: Buffer; at: Date | null };
}

export function createLedgerWorld(
  rules: Rules,
  opened: readonly Account[],
  trace: Trace,
): LedgerWorld {
  const books: Books = {
    ...{ rules, trace, model: createModelLedger(opened) },
    accounts: new Map(opened.map((account) => [account.id, account])),
    transfers: new Map(),
    holdStates: new Map(),
    head: { seq: 0, hash: genesisHash, at: null },
  };
  return {
    account: (id) => accountIn(books, id),
    has: (id) => books.transfers.has(id),
    apply: (chains, now) => apply(books, chains, now),
    close: (id, now) => close(books, id, now),
    dueHolds: (unit, now) => listDueHolds(books, unit, now),
  };
}

function accountIn({ accounts }: Books, id: string): Account {
  const found = accounts.get(id);
  insist(found !== undefined, `account ${id} is gone`);
  return found;
}

function apply(books: Books, chains: readonly Chain[], now: Date): string[] {
  const { accounts, transfers, holdStates, head, model, trace, rules } = books;
  const place = { blockSeq: head.seq + 1, previousBlockAt: head.at };
  const state = { accounts, transfers, holdStates, ...place };
  const decision = rules.decideTransfers(state, chains, now);
  const verdicts = decision.verdicts.map(nameOf);
  trace.record('batch', now, verdicts);
  for (const [index, chain] of chains.entries()) {
    const expected = model.judge(chain, now.getTime());
    const told = `the ledger said ${verdicts[index]} and had to say ${expected}`;
    insist(verdicts[index] === expected, told);
  }
  commit(books, decision);
  for (const id of decision.accounts.keys()) compareBalances(books, id);
  return verdicts;
}

function commit(books: Books, decision: Decision): void {
  const { accounts, transfers, holdStates, head, trace } = books;
  if (decision.transfers.length === 0) return;
  for (const [id, changed] of decision.accounts) accounts.set(id, changed);
  for (const transfer of decision.transfers) {
    insist(!transfers.has(transfer.id), `transfer ${transfer.id} was written twice`);
    transfers.set(transfer.id, transfer);
  }
  for (const [id, state] of decision.holdStates) holdStates.set(id, state);
  const { blockAt: at } = decision;
  insist(head.at === null || at >= head.at, 'a block is older than the one before');
  const header = { seq: head.seq + 1, createdAt: at, previousHash: head.hash };
  const digests = decision.transfers.map((transfer) => digestTransfer('sha256', transfer));
  const hash = hashBlock('sha256', header, digests);
  books.head = { seq: header.seq, hash, at };
  trace.record('block', header.seq, hash.toString('hex'));
}

function compareBalances(books: Books, id: string): void {
  const kept = accountIn(books, id);
  const { debits, credits, heldDebits, heldCredits } = books.model.sumsOf(id);
  const counted = `${debits} ${credits} ${heldDebits} ${heldCredits}`;
  const { debitsPosted, creditsPosted, debitsPending, creditsPending } = kept;
  const sums = `${debitsPosted} ${creditsPosted} ${debitsPending} ${creditsPending}`;
  insist(sums === counted, `account ${id} has ${sums}, its transfers make ${counted}`);
}

function close(books: Books, id: string, now: Date): boolean {
  const open = accountIn(books, id);
  if (open.debitsPending + open.creditsPending > 0) return false;
  books.accounts.set(id, { ...open, closedAt: now });
  books.model.close(id);
  books.trace.record('closed', id);
  return true;
}

function listDueHolds({ transfers, holdStates }: Books, unit: string, now: Date): Transfer[] {
  return [...holdStates].flatMap(([id, state]) => {
    const hold = transfers.get(id);
    if (state !== 'open' || hold?.unit !== unit || hold.expiresAt === null) return [];
    return hold.expiresAt <= now ? [hold] : [];
  });
}

function nameOf(verdict: ChainVerdict): string {
  return verdict.status === 'refused' ? `${verdict.problem}@${verdict.index}` : verdict.status;
}
