import type { PayloadOf } from '@ddp/contracts/event';
import type { noticeRequested } from '@ddp/contracts/notices/events';
import { readNow } from '@ddp/db-kit/time';
import { type Delivery, handleAllOnce } from '@ddp/queue-kit/inbox';
import type { Transaction } from 'kysely';
import { textedTemplates } from '../catalogue/catalogue.ts';
import type { NoticesDatabase } from '../database.ts';
import type { NoticesDeps } from '../deps.ts';
import { insertMessages, type NewMessage } from '../store/messages.ts';
import { insertTexts } from '../store/texts.ts';
import { forgetGone } from './forget-person.ts';

type Tx = Transaction<NoticesDatabase>;

/** Tells people, or roles in areas, what services asked to tell. */
export async function tellAudiences(
  deps: NoticesDeps,
  deliveries: readonly Delivery<PayloadOf<typeof noticeRequested>>[],
): Promise<void> {
  await handleAllOnce(deps.store, deliveries, async (tx, fresh) => {
    const messages = fresh.map(({ payload }) => payload);
    await writeMessages(deps, tx, messages);
    const people = messages.flatMap(({ audience }) =>
      audience.kind === 'person' ? [audience.personId] : [],
    );
    await forgetGone(tx, people);
  });
}

/** Writes a message, and its text message where the template has one, in the caller's transaction. */
export function writeMessage(deps: NoticesDeps, tx: Tx, message: NewMessage): Promise<void> {
  return writeMessages(deps, tx, [message]);
}

async function writeMessages(
  { store }: NoticesDeps,
  tx: Tx,
  messages: readonly NewMessage[],
): Promise<void> {
  const now = await readNow(tx, store.clock);
  const ids = await insertMessages(tx, messages, now);
  const texts = messages.flatMap(({ audience, template }, index) => {
    const isTexted = audience.kind === 'person' && textedTemplates.has(template);
    return isTexted ? [{ messageId: ids[index] ?? '', personId: audience.personId }] : [];
  });
  await insertTexts(tx, texts, now);
}
