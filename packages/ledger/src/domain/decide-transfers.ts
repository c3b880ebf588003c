import type { Account } from './account.ts';
import { decideMovement } from './decide-movement.ts';
import { decideResolution } from './decide-resolution.ts';
import { createDraft, type Draft, type LedgerView, mergeDraft } from './draft.ts';
import { hasSameFields } from './same-fields.ts';
import type { Chain, HoldState, Transfer, TransferRequest } from './transfer.ts';
import type { ChainVerdict, LedgerProblem } from './verdict.ts';

/** The rows that a batch touches, read under locks. */
export interface LedgerState {
  /** Accounts that are locked; no other may change. */
  accounts: ReadonlyMap<string, Account>;
  /** Transfers that have one of the requested ids, and the holds to be resolved. */
  transfers: ReadonlyMap<string, Transfer>;
  /** The state of each hold among them. */
  holdStates: ReadonlyMap<string, HoldState>;
  /** The number of the block that the batch will make. */
  blockSeq: number;
  /** The time of the block before; null for the first. */
  previousBlockAt: Date | null;
}

/** What a batch changes; nothing of it is written yet. */
export interface Decision {
  /** One for each chain, in their order. */
  verdicts: ChainVerdict[];
  /** The new transfers, in order of `position` from 0. */
  transfers: Transfer[];
  /** The time of the block and of all transfers in it. */
  blockAt: Date;
  /** Changed accounts with their new balances. */
  accounts: ReadonlyMap<string, Account>;
  /** Holds made or resolved, with their new state. */
  holdStates: ReadonlyMap<string, HoldState>;
}

/**
 * Decides chains in the order they came, each against what the ones before it left. A refused chain
 * leaves no trace, so that it cannot harm its neighbours. `now` is the database's time: deadlines
 * follow it. The block bears it too, unless the clock went back: times of blocks never do, so that
 * what stood at an instant stays what it was.
 */
export function decideTransfers(state: LedgerState, chains: readonly Chain[], now: Date): Decision {
  const batch = createDraft({
    findAccount: (id) => state.accounts.get(id),
    findTransfer: (id) => state.transfers.get(id),
    findHoldState: (pendingId) => state.holdStates.get(pendingId),
  });
  const { blockSeq, previousBlockAt } = state;
  const blockAt = previousBlockAt !== null && previousBlockAt > now ? previousBlockAt : now;
  const moment = { blockSeq, createdAt: blockAt, now };
  const verdicts = chains.map((chain) => decideChain(batch, chain, moment));
  return {
    verdicts,
    transfers: [...batch.transfers.values()],
    blockAt,
    accounts: batch.accounts,
    holdStates: batch.holdStates,
  };
}

function decideChain(
  batch: Draft,
  chain: Chain,
  { now, ...block }: { blockSeq: number; createdAt: Date; now: Date },
): ChainVerdict {
  const repeated = findRepeatedId(chain);
  if (repeated >= 0) return refuse('id-repeated-in-chain', repeated);
  const earlier = decideRepeat(batch, chain);
  if (earlier !== undefined) return earlier;

  // A refused transfer drafts nothing, so that only a longer chain needs a draft of its own.
  const draft = chain.length === 1 ? batch : createDraft(batch);
  const transfers: Transfer[] = [];
  for (const [index, request] of chain.entries()) {
    const position = batch.transfers.size + (draft === batch ? 0 : draft.transfers.size);
    const problem = decideOne(draft, request, { ...block, position }, now);
    if (problem !== undefined) return refuse(problem, index);
    const written = draft.transfers.get(request.id);
    if (written !== undefined) transfers.push(written);
  }
  if (draft !== batch) mergeDraft(draft, batch);
  return { status: 'ok', transfers };
}

function decideOne(
  draft: Draft,
  request: TransferRequest,
  place: Pick<Transfer, 'blockSeq' | 'position' | 'createdAt'>,
  now: Date,
): LedgerProblem | undefined {
  switch (request.kind) {
    case 'posted':
    case 'pending':
      return decideMovement(draft, request, place, now);
    case 'post-pending':
    case 'void-pending':
    case 'expire-pending':
      return decideResolution(draft, request, place, now);
  }
}

/** The verdict on a chain of which some transfers exist already, or undefined when it is new. */
function decideRepeat(view: LedgerView, chain: Chain): ChainVerdict | undefined {
  const found: Transfer[] = [];
  for (const [index, request] of chain.entries()) {
    const existing = view.findTransfer(request.id);
    if (existing === undefined) continue;
    if (!hasSameFields(view, existing, request)) return refuse('id-used-with-other-fields', index);
    found.push(existing);
  }
  if (found.length === 0) return undefined;
  if (found.length === chain.length) return { status: 'exists', transfers: found };
  return refuse(
    'chain-partly-exists',
    chain.findIndex((request) => view.findTransfer(request.id) !== undefined),
  );
}

function findRepeatedId(chain: Chain): number {
  if (chain.length === 1) return -1;
  const seen = new Set<string>();
  return chain.findIndex(({ id }) => seen.size === seen.add(id).size);
}

function refuse(problem: LedgerProblem, index: number): ChainVerdict {
  return { status: 'refused', problem, index };
}
