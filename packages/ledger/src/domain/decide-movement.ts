import { type Account, isCountable, isWithinLimit } from './account.ts';
import type { Draft } from './draft.ts';
import type { MovementRequest, Transfer } from './transfer.ts';
import type { LedgerProblem } from './verdict.ts';

/** Decides a posted or pending transfer and, if nothing speaks against it, drafts it. */
export function decideMovement(
  draft: Draft,
  request: MovementRequest,
  place: Pick<Transfer, 'blockSeq' | 'position' | 'createdAt'>,
  now: Date,
): LedgerProblem | undefined {
  if (request.debitAccountId === request.creditAccountId) return 'same-account';
  const debit = draft.findAccount(request.debitAccountId);
  const credit = draft.findAccount(request.creditAccountId);
  if (debit === undefined || credit === undefined) return 'account-not-found';
  if (debit.closedAt !== null || credit.closedAt !== null) return 'account-closed';
  if (debit.unit !== request.unit || credit.unit !== request.unit) return 'unit-mismatch';
  const expiresAt = request.kind === 'pending' ? request.expiresAt : null;
  if (expiresAt !== null && expiresAt <= now) return 'expiry-in-past';

  const [debited, credited] = move(debit, credit, request);
  if (!isCountable(debited) || !isCountable(credited)) return 'balance-overflow';
  if (!isWithinLimit(debited) || !isWithinLimit(credited)) return 'exceeds-limit';

  draft.accounts.set(debited.id, debited);
  draft.accounts.set(credited.id, credited);
  draft.transfers.set(request.id, {
    id: request.id,
    kind: request.kind,
    debitAccountId: debit.id,
    creditAccountId: credit.id,
    amount: request.amount,
    unit: request.unit,
    code: request.code,
    reference: request.reference,
    pendingId: null,
    expiresAt,
    ...place,
  });
  if (request.kind === 'pending') draft.holdStates.set(request.id, 'open');
  return undefined;
}

function move(debit: Account, credit: Account, request: MovementRequest): [Account, Account] {
  switch (request.kind) {
    case 'posted':
      return [
        { ...debit, debitsPosted: debit.debitsPosted + request.amount },
        { ...credit, creditsPosted: credit.creditsPosted + request.amount },
      ];
    case 'pending':
      return [
        { ...debit, debitsPending: debit.debitsPending + request.amount },
        { ...credit, creditsPending: credit.creditsPending + request.amount },
      ];
  }
}
