import type { Template, TemplateParams } from '@ddp/contracts/notices/schemas';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { insertRows } from '@ddp/db-kit/rows';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { NoticesDatabase } from '../database.ts';

type Db = Kysely<NoticesDatabase>;

export interface DueText {
  messageId: string;
  personId: string;
  tries: number;
  template: Template;
  params: TemplateParams;
}

/** `unreachable`: the person has no phone, or left. */
export type TextEnd = 'sent' | 'failed' | 'unreachable';

export async function insertTexts(
  tx: Db,
  texts: readonly { messageId: string; personId: string }[],
  dueAt: Date,
): Promise<void> {
  const columns = ['message_id', 'person_id', 'state', 'tries', 'due_at'];
  const rows = texts.map(({ messageId, personId }) => [
    ...[idToBinary(messageId), idToBinary(personId), 'pending', 0, dueAt],
  ]);
  await insertRows(tx, 'notices_text', columns, rows);
}

export async function listDueTexts(db: Db, clock: ClockOffset, limit: number): Promise<DueText[]> {
  const rows = await selectScoped(db, 'notices_message', everywhere)
    .innerJoin('notices_text', 'notices_text.message_id', 'notices_message.id')
    .select([
      'notices_text.message_id',
      'notices_text.person_id',
      'notices_text.tries',
      'notices_message.template',
      'notices_message.params',
    ])
    .where('notices_text.state', '=', 'pending')
    .where('notices_text.due_at', '<=', sqlNow(clock))
    .orderBy('notices_text.due_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    messageId: binaryToId(row.message_id),
    personId: binaryToId(row.person_id),
    tries: row.tries,
    template: row.template as Template,
    params: JSON.parse(row.params) as TemplateParams,
  }));
}

/** Takes a text for one try and sets when the next would be; false when somebody else took it. */
export async function claimText(
  db: Db,
  clock: ClockOffset,
  text: { messageId: string; tries: number; nextAfterSeconds: number },
): Promise<boolean> {
  const now = sqlNow(clock);
  const result = await db
    .updateTable('notices_text')
    .set({
      tries: text.tries + 1,
      due_at: sql<Date>`(${now} + INTERVAL ${text.nextAfterSeconds} SECOND)`,
    })
    .where('message_id', '=', idToBinary(text.messageId))
    .where('state', '=', 'pending')
    .where('tries', '=', text.tries)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function endText(
  db: Db,
  clock: ClockOffset,
  messageId: string,
  state: TextEnd,
): Promise<void> {
  await db
    .updateTable('notices_text')
    .set({ state, done_at: sqlNow(clock) })
    .where('message_id', '=', idToBinary(messageId))
    .where('state', '=', 'pending')
    .execute();
}
