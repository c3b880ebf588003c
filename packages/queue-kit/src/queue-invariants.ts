import type { Invariant } from '@ddp/db-kit/invariant';
import { outboxState } from './queue-tables.ts';

/** What must hold over the transport of every service. */
export function queueInvariants(prefix: string): Invariant[] {
  return [
    {
      name: 'I11 every event reaches its consumer',
      description: 'an event has had no effect for more than ten minutes',
      sql: `SELECT HEX(id) AS id, consumer, event_name, created_at FROM ${prefix}_outbox
        WHERE state < ${outboxState.done}
          AND created_at < UTC_TIMESTAMP(3) - INTERVAL 10 MINUTE`,
    },
    {
      name: 'I11 no dead letter waits for an operator',
      description: 'an event could not be digested and was not replayed since',
      sql: `SELECT HEX(event_id) AS event_id, producer, event_name, reason, died_at
        FROM ${prefix}_dead_letter WHERE replayed_at IS NULL`,
    },
    {
      name: 'I10 a key that was taken has its answer',
      description: 'a command committed without the answer that a repeat would get',
      sql: `SELECT scope, HEX(idempotency_key) AS idempotency_key FROM ${prefix}_idempotency
        WHERE response IS NULL`,
    },
  ];
}
