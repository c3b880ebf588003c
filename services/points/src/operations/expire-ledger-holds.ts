import { transact } from '@ddp/db-kit/transact';
import type { SqlTransaction } from '@ddp/ledger/ledger';
import { sweepExpiredHolds } from '@ddp/ledger/sweep-expired-holds';
import type { PointsDeps } from '../deps.ts';
import { clientUnits } from '../domain/ledger-client.ts';

const batchSize = 500;
const mostBatches = 20;

/**
 * Expires the holds that services placed by `/v1/transfers`, from their deadline on by the
 * database's clock. Holds of people's points have books of their own and a sweep of their own.
 */
export async function expireLedgerHolds({ store, ledger }: PointsDeps): Promise<void> {
  const expire = (tx: SqlTransaction) =>
    sweepExpiredHolds(tx, ledger, { units: clientUnits, limit: batchSize });
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const expired = await transact(store.db, expire, { isRepeatable: true });
    if (expired.length < batchSize) return;
  }
}
