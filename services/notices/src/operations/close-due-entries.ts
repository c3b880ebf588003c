import { transact } from '@ddp/db-kit/transact';
import type { NoticesDeps } from '../deps.ts';
import { closeEntry, type DueEntry, listDueEntries, readToday } from '../store/closings.ts';
import { tellOfEnding } from './tell-requester.ts';

const batchSize = 200;

/**
 * Closes the entries whose period is over by the database's clock and that no objection keeps open,
 * a bounded number a round, each by itself, so that one that cannot does not hold up the others.
 */
export async function closeDueEntries(deps: NoticesDeps): Promise<void> {
  const { store, log } = deps;
  const today = await readToday(store.db, store.clock);
  for (const entry of await listDueEntries(store.db, today, batchSize)) {
    await closeDueEntry(deps, entry, today).catch((error: unknown) => {
      log.error({ err: error, entryId: entry.id }, 'an entry of the board could not be closed');
    });
  }
}

async function closeDueEntry(deps: NoticesDeps, entry: DueEntry, today: string): Promise<void> {
  const { store } = deps;
  await transact(
    store.db,
    async (tx) => {
      if (!(await closeEntry(tx, store.clock, entry, today))) return;
      await tellOfEnding(deps, tx, { entry, requestId: `closing-${entry.id}` }, entry.outcome);
    },
    { isRepeatable: true },
  );
  store.onCommit();
}
