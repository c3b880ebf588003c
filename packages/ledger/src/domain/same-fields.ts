import type { LedgerView } from './draft.ts';
import type { Transfer, TransferRequest } from './transfer.ts';

/** Whether a request with an id already used asks for exactly what was written under it. */
export function hasSameFields(
  view: LedgerView,
  existing: Transfer,
  request: TransferRequest,
): boolean {
  return (
    existing.kind === request.kind &&
    existing.code === request.code &&
    existing.reference === request.reference &&
    hasSameSubject(view, existing, request)
  );
}

function hasSameSubject(view: LedgerView, existing: Transfer, request: TransferRequest): boolean {
  switch (request.kind) {
    case 'posted':
    case 'pending':
      return (
        existing.debitAccountId === request.debitAccountId &&
        existing.creditAccountId === request.creditAccountId &&
        existing.amount === request.amount &&
        existing.unit === request.unit &&
        existing.expiresAt?.getTime() === expiryOf(request)
      );
    case 'post-pending': {
      const wholeHold = view.findTransfer(request.pendingId)?.amount;
      return (
        existing.pendingId === request.pendingId &&
        existing.amount === (request.amount ?? wholeHold)
      );
    }
    case 'void-pending':
    case 'expire-pending':
      return existing.pendingId === request.pendingId;
  }
}

function expiryOf(request: TransferRequest): number | undefined {
  return request.kind === 'pending' ? request.expiresAt?.getTime() : undefined;
}
