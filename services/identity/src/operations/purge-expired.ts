import type { IdentityDeps } from '../deps.ts';
import { purgeExpired as purgeBatch } from '../store/purges.ts';

const mostBatches = 20;

/** Removes codes, counters and sessions that are of no more use, in bounded batches. */
export async function purgeExpired({ store }: IdentityDeps): Promise<void> {
  for (let batch = 0; batch < mostBatches; batch += 1) {
    if (!(await purgeBatch(store.db, store.clock))) return;
  }
}
