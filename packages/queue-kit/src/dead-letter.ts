import type { ServiceStore } from '@ddp/db-kit/command';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { machineNow } from '@ddp/db-kit/time';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Delivery } from './inbox.ts';
import type { DeadLetterTable } from './queue-tables.ts';

/** Keeps a delivery that cannot be digested, once, where an operator sees it. */
export async function keepDeadLetter<DB>(
  store: ServiceStore<DB>,
  delivery: Delivery,
  reason: string,
): Promise<void> {
  const row = sql`(${idToBinary(delivery.eventId)}, ${delivery.producer}, ${delivery.eventName},
    ${JSON.stringify(delivery.payload)}, ${reason.slice(0, 2_000)}, ${delivery.requestId},
    ${machineNow})`;
  await sql`INSERT INTO ${sql.table(`${store.prefix}_dead_letter`)}
    (event_id, producer, event_name, payload, reason, request_id, died_at) VALUES ${row}
    ON DUPLICATE KEY UPDATE reason = VALUES(reason), died_at = VALUES(died_at),
      replayed_at = NULL`.execute(store.db);
}

export interface DeadLetter extends Delivery {
  reason: string;
  diedAt: Date;
}

type Reader<DB> = Pick<ServiceStore<DB>, 'prefix'> & { db: Kysely<DB> };

export interface DeadLetterFilter {
  before?: string | null;
  eventName?: string | undefined;
  /** Only those whose payload holds this id. */
  about?: string | undefined;
}

/** Dead letters without effect so far, newest event first, one more than the limit. */
export function listDeadLetters<DB>(
  store: Reader<DB>,
  limit: number,
  { before = null, eventName, about }: DeadLetterFilter = {},
): Promise<DeadLetter[]> {
  const older = before === null ? sql`` : sql`AND event_id < ${idToBinary(before)}`;
  const named = eventName === undefined ? sql`` : sql`AND event_name = ${eventName}`;
  const holding = about === undefined ? sql`` : sql`AND payload LIKE ${`%"${about}"%`}`;
  const condition = sql`${older} ${named} ${holding}`;
  return readLetters(store, sql`${condition} ORDER BY event_id DESC LIMIT ${limit + 1}`);
}

/** The dead letter of an event without effect so far, or null. */
export async function findDeadLetter<DB>(
  store: Reader<DB>,
  eventId: string,
): Promise<DeadLetter | null> {
  const [letter] = await readLetters(store, sql`AND event_id = ${idToBinary(eventId)}`);
  return letter ?? null;
}

async function readLetters<DB>(
  store: Reader<DB>,
  condition: RawBuilder<unknown>,
): Promise<DeadLetter[]> {
  const { rows } = await sql<DeadLetterTable>`
    SELECT event_id, producer, event_name, payload, reason, request_id, died_at
    FROM ${sql.table(`${store.prefix}_dead_letter`)}
    WHERE replayed_at IS NULL ${condition}`.execute(store.db);
  return rows.map((row) => ({
    eventId: binaryToId(row.event_id),
    producer: row.producer,
    eventName: row.event_name,
    payload: JSON.parse(row.payload),
    requestId: row.request_id,
    reason: row.reason,
    diedAt: row.died_at,
  }));
}

/** Marks a dead letter whose event had its effect after all. */
export async function markReplayed<DB>(
  store: ServiceStore<DB>,
  producer: string,
  eventId: string,
): Promise<void> {
  await sql`UPDATE ${sql.table(`${store.prefix}_dead_letter`)}
    SET replayed_at = ${machineNow}
    WHERE event_id = ${idToBinary(eventId)} AND producer = ${producer}
      AND replayed_at IS NULL`.execute(store.db);
}
