import type { Draft } from './draft.ts';
import type { HoldState, ResolutionRequest, Transfer } from './transfer.ts';
import type { LedgerProblem } from './verdict.ts';

/** Decides what ends a hold: posting it whole or in part, voiding it, or its expiry. */
export function decideResolution(
  draft: Draft,
  request: ResolutionRequest,
  place: Pick<Transfer, 'blockSeq' | 'position' | 'createdAt'>,
  now: Date,
): LedgerProblem | undefined {
  const hold = draft.findTransfer(request.pendingId);
  const state = draft.findHoldState(request.pendingId);
  if (hold === undefined || state === undefined) return 'hold-not-found';
  const debit = draft.findAccount(hold.debitAccountId);
  const credit = draft.findAccount(hold.creditAccountId);
  // A hold committed after the batch had chosen its locks is as good as not yet there.
  if (debit === undefined || credit === undefined) return 'hold-not-found';

  const problem = findStateProblem(state) ?? findDeadlineProblem(hold, request, now);
  if (problem !== undefined) return problem;
  const isPosting = request.kind === 'post-pending';
  if (isPosting && (debit.closedAt !== null || credit.closedAt !== null)) return 'account-closed';
  const amount = isPosting ? (request.amount ?? hold.amount) : hold.amount;
  if (amount > hold.amount) return 'amount-exceeds-hold';

  const posted = isPosting ? amount : 0;
  draft.accounts.set(debit.id, {
    ...debit,
    debitsPending: debit.debitsPending - hold.amount,
    debitsPosted: debit.debitsPosted + posted,
  });
  draft.accounts.set(credit.id, {
    ...credit,
    creditsPending: credit.creditsPending - hold.amount,
    creditsPosted: credit.creditsPosted + posted,
  });
  draft.holdStates.set(hold.id, stateAfter(request.kind));
  draft.transfers.set(request.id, {
    id: request.id,
    kind: request.kind,
    debitAccountId: hold.debitAccountId,
    creditAccountId: hold.creditAccountId,
    amount,
    unit: hold.unit,
    code: request.code,
    reference: request.reference,
    pendingId: hold.id,
    expiresAt: null,
    ...place,
  });
  return undefined;
}

function findStateProblem(state: HoldState): LedgerProblem | undefined {
  switch (state) {
    case 'open':
      return undefined;
    case 'posted':
      return 'hold-already-posted';
    case 'voided':
      return 'hold-already-voided';
    case 'expired':
      return 'hold-already-expired';
  }
}

/** From its deadline on a hold can only expire, whether or not the sweep has come by. */
function findDeadlineProblem(
  hold: Transfer,
  request: ResolutionRequest,
  now: Date,
): LedgerProblem | undefined {
  const isOver = hold.expiresAt !== null && hold.expiresAt <= now;
  if (request.kind === 'expire-pending') return isOver ? undefined : 'hold-not-yet-expired';
  return isOver ? 'hold-expired' : undefined;
}

function stateAfter(kind: ResolutionRequest['kind']): HoldState {
  switch (kind) {
    case 'post-pending':
      return 'posted';
    case 'void-pending':
      return 'voided';
    case 'expire-pending':
      return 'expired';
  }
}
