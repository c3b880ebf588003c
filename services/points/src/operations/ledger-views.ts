import type { readAccount, readTransfer } from '@ddp/contracts/points/routes';
import type { ledgerUnits } from '@ddp/contracts/points/schemas';
import type { RouteResult } from '@ddp/contracts/route';
import type { Account } from '@ddp/ledger/domain/account';
import type { HoldState, Transfer } from '@ddp/ledger/domain/transfer';
import type { TransferCursor } from '@ddp/ledger/read-accounts';

type AccountView = RouteResult<typeof readAccount>;
type TransferView = RouteResult<typeof readTransfer>;
type Unit = (typeof ledgerUnits)[number];

/** An account of the ledger as its service sees it. */
export function toAccountView(account: Account): AccountView {
  return {
    id: account.id,
    unit: account.unit as Unit,
    code: account.code,
    limit: account.limitKind,
    reference: account.reference ?? '',
    debitsPosted: account.debitsPosted,
    creditsPosted: account.creditsPosted,
    debitsPending: account.debitsPending,
    creditsPending: account.creditsPending,
    createdAt: account.createdAt.toISOString(),
    closedAt: account.closedAt?.toISOString() ?? null,
  };
}

/** A transfer of the ledger as its service sees it. */
export function toTransferView(transfer: Transfer, holdState: HoldState | null): TransferView {
  return {
    ...transfer,
    unit: transfer.unit as Unit,
    reference: transfer.reference ?? '',
    expiresAt: transfer.expiresAt?.toISOString() ?? null,
    createdAt: transfer.createdAt.toISOString(),
    holdState,
  };
}

/** A place in the chain as the key of a cursor. */
export const placeCursor = /^[0-9]{1,16}:[0-9]{1,9}$/;

export function placeKeyOf({ blockSeq, position }: TransferCursor): string {
  return `${blockSeq}:${position}`;
}

/** The place that `placeKeyOf` wrote. */
export function placeOf(key: string | null): TransferCursor | null {
  if (key === null) return null;
  const [blockSeq, position] = key.split(':').map(Number);
  return { blockSeq: blockSeq ?? 0, position: position ?? 0 };
}
