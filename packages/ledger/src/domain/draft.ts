import type { Account } from './account.ts';
import type { HoldState, Transfer } from './transfer.ts';

/** What a decision may look at: rows read under locks, or a draft laid over them. */
export interface LedgerView {
  findAccount(id: string): Account | undefined;
  findTransfer(id: string): Transfer | undefined;
  findHoldState(pendingId: string): HoldState | undefined;
}

/** Changes laid over a view, which itself stays as it is until they are merged. */
export interface Draft extends LedgerView {
  readonly accounts: Map<string, Account>;
  readonly transfers: Map<string, Transfer>;
  readonly holdStates: Map<string, HoldState>;
}

export function createDraft(base: LedgerView): Draft {
  const accounts = new Map<string, Account>();
  const transfers = new Map<string, Transfer>();
  const holdStates = new Map<string, HoldState>();
  return {
    accounts,
    transfers,
    holdStates,
    findAccount: (id) => accounts.get(id) ?? base.findAccount(id),
    findTransfer: (id) => transfers.get(id) ?? base.findTransfer(id),
    findHoldState: (pendingId) => holdStates.get(pendingId) ?? base.findHoldState(pendingId),
  };
}

/** Makes one draft's changes part of the draft below it. */
export function mergeDraft(from: Draft, into: Draft): void {
  for (const [id, account] of from.accounts) into.accounts.set(id, account);
  for (const [id, transfer] of from.transfers) into.transfers.set(id, transfer);
  for (const [id, state] of from.holdStates) into.holdStates.set(id, state);
}
