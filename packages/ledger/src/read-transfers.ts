import type { HoldState, Transfer } from './domain/transfer.ts';
import { type Ledger, type SqlRunner, tablesOf } from './ledger.ts';
import { selectTransfers } from './store/transfer-rows.ts';

/** A transfer with its state, if it is a hold. */
export interface StoredTransfer {
  transfer: Transfer;
  /** Null for transfers that hold nothing. */
  holdState: HoldState | null;
}

/** The transfer with this id, or null. */
export async function findTransfer(
  db: SqlRunner,
  ledger: Ledger,
  id: string,
): Promise<StoredTransfer | null> {
  const found = await selectTransfers(db, tablesOf(ledger.prefix), [id]);
  const transfer = found.transfers.get(id);
  if (transfer === undefined) return null;
  return { transfer, holdState: found.holdStates.get(id) ?? null };
}
