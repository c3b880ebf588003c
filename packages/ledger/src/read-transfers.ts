import type { StoredTransfer } from './domain/transfer.ts';
import { type Ledger, type SqlRunner, tablesOf } from './ledger.ts';
import type { TransferCursor } from './read-accounts.ts';
import { assertLimit } from './store/run-sql.ts';
import { selectTransfers, selectTransfersByReference } from './store/transfer-rows.ts';

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

/** Which transfers of a reference are shown: those between accounts of a span of codes. */
export interface ReferenceFilter {
  reference: string;
  fromCode: number;
  toCode: number;
  /** The transfer that the page before ended with. */
  after: TransferCursor | null;
  /** 1–1,000. */
  limit: number;
}

/** A page of the transfers that carry a reference, the oldest first. */
export async function listTransfersByReference(
  db: SqlRunner,
  ledger: Ledger,
  filter: ReferenceFilter,
): Promise<StoredTransfer[]> {
  assertLimit(filter.limit);
  return selectTransfersByReference(db, tablesOf(ledger.prefix), filter);
}
