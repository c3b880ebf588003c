import { deriveId } from '@ddp/db-kit/ids';
import { applyChains } from './apply-chains.ts';
import type { Chain, Transfer } from './domain/transfer.ts';
import { type Ledger, type SqlTransaction, tablesOf } from './ledger.ts';
import { selectDueHolds } from './store/hold-rows.ts';
import { readNow } from './store/run-sql.ts';

export interface ExpirySweep {
  /** Holds of these units; whoever keeps books beside the ledger expires the holds in them. */
  units: readonly string[];
  limit: number;
}

/**
 * Expires up to `limit` open holds whose deadline has come, within the caller's transaction, and
 * gives the transfers written. A hold that somebody else ended meanwhile is left alone. Call it
 * again while it returns as many as the limit.
 */
export async function sweepExpiredHolds(
  tx: SqlTransaction,
  ledger: Ledger,
  { units, limit }: ExpirySweep,
): Promise<Transfer[]> {
  const now = await readNow(tx, ledger.clock);
  const due = await selectDueHolds(tx, tablesOf(ledger.prefix), { units, now, limit });
  const chains = due.map(
    (pendingId): Chain => [
      {
        kind: 'expire-pending',
        id: deriveId('ledger-expiry', pendingId),
        pendingId,
        code: 0,
        reference: null,
      },
    ],
  );
  const verdicts = await applyChains(tx, ledger, chains);
  return verdicts.flatMap((verdict) => (verdict.status === 'ok' ? verdict.transfers : []));
}
