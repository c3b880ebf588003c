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
  return (await listTransfers(db, ledger, [id])).get(id) ?? null;
}

/** Transfers by id; ids without a transfer are left out. */
export async function listTransfers(
  db: SqlRunner,
  ledger: Ledger,
  ids: Iterable<string>,
): Promise<Map<string, StoredTransfer>> {
  const { transfers, holdStates } = await selectTransfers(db, tablesOf(ledger.prefix), ids);
  const stored = new Map<string, StoredTransfer>();
  for (const [id, transfer] of transfers) {
    stored.set(id, { transfer, holdState: holdStates.get(id) ?? null });
  }
  return stored;
}
