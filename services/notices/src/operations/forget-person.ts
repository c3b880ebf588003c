import type { PayloadOf } from '@ddp/contracts/event';
import type { personErased } from '@ddp/contracts/identity/events';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { Transaction } from 'kysely';
import type { NoticesDatabase } from '../database.ts';
import type { NoticesDeps } from '../deps.ts';
import { dropAuthor, dropExcluded } from '../store/entries.ts';
import { listGone, markGone } from '../store/gone.ts';
import { deleteMessagesOf } from '../store/messages.ts';
import { dropObjector } from '../store/objections.ts';

/** The person left: their messages go; what they objected or put on the board stays without them. */
export async function forgetPerson(
  { store }: NoticesDeps,
  delivery: Delivery<PayloadOf<typeof personErased>>,
): Promise<void> {
  const { personId } = delivery.payload;
  await handleOnce(store, delivery, async (tx) => {
    await markGone(tx, store.clock, personId);
    await cutTies(tx, personId);
  });
}

/** Undoes what was just written about people who had been erased before it came. */
export async function forgetGone(
  tx: Transaction<NoticesDatabase>,
  personIds: readonly string[],
): Promise<void> {
  for (const personId of await listGone(tx, [...new Set(personIds)])) await cutTies(tx, personId);
}

async function cutTies(tx: Transaction<NoticesDatabase>, personId: string): Promise<void> {
  // First the objections: an answer under way ends before, and its message goes too.
  await dropObjector(tx, personId);
  await dropAuthor(tx, personId);
  await dropExcluded(tx, personId);
  await deleteMessagesOf(tx, personId);
}
