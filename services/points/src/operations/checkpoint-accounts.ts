import { writeCheckpoints } from '@ddp/ledger/write-checkpoints';
import type { PointsDeps } from '../deps.ts';

/** Keeps balances of the past quick to read on accounts with a long history. */
export async function checkpointAccounts({ store, ledger }: PointsDeps): Promise<void> {
  await writeCheckpoints(store.db, ledger);
}
