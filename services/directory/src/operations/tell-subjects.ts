import { subjectChanged } from '@ddp/contracts/directory/events';
import { appendEvents, type OutboxStore, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';

const batchSize = 500;

/** Tells of subjects that have changed, so that those who keep a card of them ask again. */
export async function tellSubjects(
  tx: Transaction<DirectoryDatabase>,
  store: OutboxStore,
  subjectIds: readonly string[],
  requestId: string,
): Promise<void> {
  for (let start = 0; start < subjectIds.length; start += batchSize) {
    const some = subjectIds.slice(start, start + batchSize);
    const events = some.map((subjectId) => outgoing(subjectChanged, { subjectId }));
    await appendEvents(tx, store, events, requestId);
  }
}
