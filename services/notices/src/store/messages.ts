import type { Template, TemplateParams } from '@ddp/contracts/notices/schemas';
import type { Role } from '@ddp/contracts/permission';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, idToBinary, newId } from '@ddp/db-kit/ids';
import { insertRows } from '@ddp/db-kit/rows';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { NoticesDatabase } from '../database.ts';

type Db = Kysely<NoticesDatabase>;

export interface NewMessage {
  audience: { kind: 'person'; personId: string } | { kind: 'role'; role: Role; areaPath: string };
  template: Template;
  params: TemplateParams;
}

export interface StoredMessage {
  id: string;
  template: Template;
  params: TemplateParams;
  sentAt: Date;
  readAt: Date | null;
}

/** Whose messages are read: the person's own, and those of the role acted in, within its areas. */
export interface Reader {
  personId: string;
  role: Role;
  areaPaths: readonly string[];
}

/** Writes messages of a moment; their ids, in the same order. */
export async function insertMessages(
  tx: Db,
  messages: readonly NewMessage[],
  sentAt: Date,
): Promise<string[]> {
  const ids = messages.map(() => newId());
  const columns = ['id', 'person_id', 'role', 'area_path', 'template', 'params', 'sent_at'];
  const rows = messages.map(({ audience, template, params }, index) => [
    idToBinary(ids[index] ?? ''),
    audience.kind === 'person' ? idToBinary(audience.personId) : null,
    audience.kind === 'role' ? audience.role : null,
    audience.kind === 'role' ? audience.areaPath : null,
    ...[template, JSON.stringify(params), sentAt],
  ]);
  await insertRows(tx, 'notices_message', columns, rows);
  return ids;
}

function selectMessages(db: Db, scope: AreaScope, personId: string) {
  return selectScoped(db, 'notices_message', scope).leftJoin('notices_reading', (join) =>
    join
      .onRef('notices_reading.message_id', '=', 'notices_message.id')
      .on('notices_reading.person_id', '=', idToBinary(personId)),
  );
}

/** The two ways in which a message reaches a reader; no message has both. */
function selectVisible(db: Db, reader: Reader) {
  const { personId, role, areaPaths } = reader;
  return [
    selectMessages(db, everywhere, personId).where(
      'notices_message.person_id',
      '=',
      idToBinary(personId),
    ),
    selectMessages(db, areaPaths, personId).where('notices_message.role', '=', role),
  ];
}

/** Newest first, one more than the limit. */
export async function listMessages(
  db: Db,
  reader: Reader,
  filter: { unreadOnly: boolean; before: string | null; limit: number },
): Promise<StoredMessage[]> {
  const found: StoredMessage[] = [];
  for (const visible of selectVisible(db, reader)) {
    let query = visible.select([
      'notices_message.id',
      'notices_message.template',
      'notices_message.params',
      'notices_message.sent_at',
      'notices_reading.read_at',
    ]);
    if (filter.unreadOnly) query = query.where('notices_reading.read_at', 'is', null);
    if (filter.before !== null) {
      query = query.where('notices_message.id', '<', idToBinary(filter.before));
    }
    const rows = await query
      .orderBy('notices_message.id', 'desc')
      .limit(filter.limit + 1)
      .execute();
    found.push(
      ...rows.map((row) => ({
        id: binaryToId(row.id),
        template: row.template as Template,
        params: JSON.parse(row.params) as TemplateParams,
        sentAt: row.sent_at,
        readAt: row.read_at,
      })),
    );
  }
  return found.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, filter.limit + 1);
}

export async function countUnread(db: Db, reader: Reader): Promise<number> {
  let unread = 0;
  for (const visible of selectVisible(db, reader)) {
    const row = await visible
      .where('notices_reading.read_at', 'is', null)
      .select((eb) => eb.fn.countAll<number>().as('unread'))
      .executeTakeFirst();
    unread += Number(row?.unread ?? 0);
  }
  return unread;
}

export async function isVisible(db: Db, reader: Reader, messageId: string): Promise<boolean> {
  for (const visible of selectVisible(db, reader)) {
    const row = await visible
      .where('notices_message.id', '=', idToBinary(messageId))
      .select('notices_message.id')
      .executeTakeFirst();
    if (row) return true;
  }
  return false;
}

/** Marks a message read; the first time stays. */
export async function insertReading(
  db: Db,
  clock: ClockOffset,
  messageId: string,
  personId: string,
): Promise<void> {
  try {
    await db
      .insertInto('notices_reading')
      .values({
        message_id: idToBinary(messageId),
        person_id: idToBinary(personId),
        read_at: sqlNow(clock),
      })
      .execute();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

/** Removes the messages of a person, the marks they made and the texts they were to get. */
export async function deleteMessagesOf(tx: Db, personId: string): Promise<void> {
  const person = idToBinary(personId);
  await tx.deleteFrom('notices_reading').where('person_id', '=', person).execute();
  await tx.deleteFrom('notices_text').where('person_id', '=', person).execute();
  await tx.deleteFrom('notices_message').where('person_id', '=', person).execute();
}

/** Removes up to a thousand messages older than a year; returns how many. */
export async function purgeMessages(tx: Db, clock: ClockOffset): Promise<number> {
  const rows = await selectScoped(tx, 'notices_message', everywhere)
    .select('id')
    .where('sent_at', '<', sql<Date>`(${sqlNow(clock)} - INTERVAL 365 DAY)`)
    .limit(1_000)
    .execute();
  if (rows.length === 0) return 0;
  const ids = rows.map((row) => row.id);
  await tx.deleteFrom('notices_reading').where('message_id', 'in', ids).execute();
  await tx.deleteFrom('notices_text').where('message_id', 'in', ids).execute();
  await tx.deleteFrom('notices_message').where('id', 'in', ids).execute();
  return ids.length;
}
