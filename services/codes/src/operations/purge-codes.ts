import type { CodesDeps } from '../deps.ts';
import { deleteOldChanges } from '../store/changes.ts';

/** Drops what nobody needs any more: changes that every process has followed. */
export async function purgeCodes({ store }: CodesDeps): Promise<void> {
  await deleteOldChanges(store.db);
}
