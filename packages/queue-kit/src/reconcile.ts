import type { ServiceStore } from '@ddp/db-kit/command';
import { binaryToId, idToBinary, newId } from '@ddp/db-kit/ids';
import { machineNow } from '@ddp/db-kit/time';
import { type RawBuilder, sql } from 'kysely';
import { outboxState } from './queue-tables.ts';

export interface PublishedEvent {
  id: string;
  consumer: string;
  generation: number;
}

const batchSize = 500;

/** Events published longer ago than `olderThanMs` whose effect is not known to have happened. */
export async function listOverdue<DB>(
  store: ServiceStore<DB>,
  olderThanMs: number,
): Promise<PublishedEvent[]> {
  const { rows } = await sql<{ id: Buffer; consumer: string; generation: number }>`
    SELECT id, consumer, generation FROM ${sql.table(`${store.prefix}_outbox`)}
    WHERE state = ${outboxState.published}
      AND published_at < ${machineNow} - INTERVAL ${olderThanMs * 1000} MICROSECOND
    ORDER BY published_at LIMIT ${batchSize}`.execute(store.db);
  return rows.map((row) => ({ ...row, id: binaryToId(row.id) }));
}

/** Sends an event again under a new generation, so that a kept job of the old one cannot hide it. */
export async function republish<DB>(store: ServiceStore<DB>, event: PublishedEvent): Promise<void> {
  await sql`UPDATE ${sql.table(`${store.prefix}_outbox`)}
    SET state = ${outboxState.pending}, generation = generation + 1,
      lease_token = NULL, lease_until = NULL
    WHERE id = ${idToBinary(event.id)} AND consumer = ${event.consumer}
      AND state = ${outboxState.published} AND generation = ${event.generation}`.execute(store.db);
}

/** The event still waits in its queue: look again after another while. */
export async function postponeOverdue<DB>(
  store: ServiceStore<DB>,
  event: PublishedEvent,
): Promise<void> {
  await sql`UPDATE ${sql.table(`${store.prefix}_outbox`)}
    SET published_at = ${machineNow}
    WHERE id = ${idToBinary(event.id)} AND consumer = ${event.consumer}
      AND state = ${outboxState.published}`.execute(store.db);
}

/** After Redis lost its memory: everything published and not done goes out again. */
export async function republishAll<DB>(store: ServiceStore<DB>): Promise<void> {
  await sql`UPDATE ${sql.table(`${store.prefix}_outbox`)}
    SET state = ${outboxState.pending}, generation = generation + 1,
      lease_token = NULL, lease_until = NULL
    WHERE state = ${outboxState.published}`.execute(store.db);
}

/** The value that Redis must mirror; made once for each schema. */
export async function readEpoch<DB>(store: ServiceStore<DB>): Promise<string> {
  const state = sql.table(`${store.prefix}_queue_state`);
  const read = async () => {
    const { rows } = await sql<{ value: string }>`
      SELECT value FROM ${state} WHERE name = 'epoch'`.execute(store.db);
    return rows[0]?.value;
  };
  const kept = await read();
  if (kept !== undefined) return kept;
  await sql`INSERT INTO ${state} (name, value) VALUES ('epoch', ${newId()})
    ON DUPLICATE KEY UPDATE value = value`.execute(store.db);
  return (await read()) as string;
}

const purgeSize = 5_000;
const mostPurges = 200;

/**
 * Drops rows of the transport that nobody needs any more, batch by batch, a bounded number in all,
 * and fewer where the service is about to stop.
 */
export async function purgeTransport<DB>(
  store: ServiceStore<DB>,
  isStopped: () => boolean = () => false,
): Promise<void> {
  const { done, dead } = outboxState;
  const conditions: [string, RawBuilder<unknown>][] = [
    ['outbox', sql`state = ${done} AND done_at < ${machineNow} - INTERVAL 7 DAY`],
    ['outbox', sql`state = ${dead} AND done_at < ${machineNow} - INTERVAL 90 DAY`],
    ['inbox', sql`handled_at < ${machineNow} - INTERVAL 90 DAY`],
    ['idempotency', sql`created_at < ${machineNow} - INTERVAL 30 DAY`],
    ['dead_letter', sql`replayed_at < ${machineNow} - INTERVAL 90 DAY`],
  ];
  let purges = 0;
  for (const [table, condition] of conditions) {
    for (let count = purgeSize; count === purgeSize && purges < mostPurges; purges += 1) {
      if (isStopped()) return;
      const deleted = await sql`DELETE FROM ${sql.table(`${store.prefix}_${table}`)}
        WHERE ${condition} LIMIT ${purgeSize}`.execute(store.db);
      count = Number(deleted.numAffectedRows ?? 0);
    }
  }
}
