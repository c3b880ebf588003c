import type { PayloadOf } from '@ddp/contracts/event';
import type { noticeRequested } from '@ddp/contracts/notices/events';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { Transaction } from 'kysely';
import { textedTemplates } from '../catalogue/catalogue.ts';
import type { NoticesDatabase } from '../database.ts';
import type { NoticesDeps } from '../deps.ts';
import { insertMessage, type NewMessage } from '../store/messages.ts';
import { insertText } from '../store/texts.ts';
import { forgetGone } from './forget-person.ts';

/** Tells a person, or a role in an area, what a service asked to tell. */
export async function tellAudience(
  deps: NoticesDeps,
  delivery: Delivery<PayloadOf<typeof noticeRequested>>,
): Promise<void> {
  const { audience } = delivery.payload;
  await handleOnce(deps.store, delivery, async (tx) => {
    await writeMessage(deps, tx, delivery.payload);
    if (audience.kind === 'person') await forgetGone(tx, [audience.personId]);
  });
}

/** Writes a message, and its text message where the template has one, in the caller's transaction. */
export async function writeMessage(
  { store }: NoticesDeps,
  tx: Transaction<NoticesDatabase>,
  message: NewMessage,
): Promise<void> {
  const messageId = await insertMessage(tx, store.clock, message);
  const { audience, template } = message;
  if (audience.kind === 'person' && textedTemplates.has(template)) {
    await insertText(tx, store.clock, { messageId, personId: audience.personId });
  }
}
