import { transact } from '@ddp/db-kit/transact';
import type { CodesDeps } from '../deps.ts';
import { deleteOldChanges } from '../store/changes.ts';
import { deleteOldPlaceUses } from '../store/place-codes.ts';
import { expirePrint, listOverdue } from '../store/prints.ts';
import { deleteOldFlushes } from '../store/scan-counts.ts';

const printsARound = 20;

/** Drops what nobody needs any more: changes that were followed, used codes, expired prints. */
export async function purgeCodes({ store, log }: CodesDeps): Promise<void> {
  await deleteOldChanges(store.db);
  await deleteOldFlushes(store.db);
  await deleteOldPlaceUses(store.db, store.clock);
  for (const id of await listOverdue(store.db, store.clock, printsARound)) {
    const expire = () => transact(store.db, (tx) => expirePrint(tx, id), { isRepeatable: true });
    await expire().catch((error: unknown) => {
      log.error({ err: error, printId: id }, 'a print could not be expired');
    });
  }
}
