import { transact } from '@ddp/db-kit/transact';
import type { NoticesDeps } from '../deps.ts';
import { purgeMessages as purgeBatch } from '../store/messages.ts';

const mostBatches = 20;

/** Removes messages older than a year, in bounded batches. */
export async function purgeMessages({ store }: NoticesDeps): Promise<void> {
  for (let batch = 0; batch < mostBatches; batch += 1) {
    if ((await transact(store.db, (tx) => purgeBatch(tx, store.clock))) === 0) return;
  }
}
