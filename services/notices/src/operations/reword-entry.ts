import type { PayloadOf } from '@ddp/contracts/event';
import type { publicationReworded } from '@ddp/contracts/notices/events';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { NoticesDeps } from '../deps.ts';
import { changeWords } from '../store/entries.ts';

/**
 * Gives an entry the words that its service has for it now. Where the entry is not there yet this
 * fails and is tried again: the asking is on its way.
 */
export async function rewordEntry(
  { store }: NoticesDeps,
  delivery: Delivery<PayloadOf<typeof publicationReworded>>,
): Promise<void> {
  const { entryId, title, text } = delivery.payload;
  await handleOnce(store, delivery, async (tx) => {
    if (await changeWords(tx, entryId, { title, text })) return;
    throw new Error(`the entry ${entryId} has not been asked for yet`);
  });
}
