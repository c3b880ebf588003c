import type { PayloadOf } from '@ddp/contracts/event';
import type { publicationNamed } from '@ddp/contracts/notices/events';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { NoticesDeps } from '../deps.ts';
import { changeName, findEntry } from '../store/entries.ts';

/**
 * Names the person of an entry that is up as they want it now. Where the entry is not there yet this
 * fails and is tried again: the asking is on its way.
 */
export async function nameEntry(
  { store }: NoticesDeps,
  delivery: Delivery<PayloadOf<typeof publicationNamed>>,
): Promise<void> {
  const { entryId, ...naming } = delivery.payload;
  await handleOnce(store, delivery, async (tx) => {
    if (await changeName(tx, entryId, naming)) return;
    if ((await findEntry(tx, entryId)) !== null) return;
    throw new Error(`the entry ${entryId} has not been asked for yet`);
  });
}
