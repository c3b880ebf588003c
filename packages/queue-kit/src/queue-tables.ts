import { addIndex, ddl } from '@ddp/db-kit/command-tables';
import type { Migration } from 'kysely';

export const outboxState = { pending: 0, published: 1, done: 2, dead: 3 } as const;

/** One row for each event and service that consumes it. */
export interface OutboxTable {
  id: Buffer;
  consumer: string;
  event_name: string;
  payload: string;
  request_id: string;
  state: number;
  generation: number;
  available_at: Date;
  published_at: Date | null;
  done_at: Date | null;
  lease_token: Buffer | null;
  lease_until: Date | null;
  created_at: Date;
}

export interface InboxTable {
  event_id: Buffer;
  consumer: string;
  handled_at: Date;
}

/** An event that this service could not digest, for an operator to read and replay. */
export interface DeadLetterTable {
  event_id: Buffer;
  producer: string;
  event_name: string;
  payload: string;
  reason: string;
  request_id: string;
  died_at: Date;
  replayed_at: Date | null;
}

export interface QueueStateTable {
  name: string;
  value: string;
}

export type QueueTables<P extends string> = { [K in `${P}_outbox`]: OutboxTable } & {
  [K in `${P}_inbox`]: InboxTable;
} & { [K in `${P}_dead_letter`]: DeadLetterTable } & {
  [K in `${P}_queue_state`]: QueueStateTable;
};

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci';
const name = 'VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL';

/** The tables of the transport from one service to another, under the service's prefix. */
export function queueMigrations(prefix: string): Record<string, Migration> {
  return {
    '0101_create_outbox': ddl(
      `CREATE TABLE IF NOT EXISTS ${prefix}_outbox (
        id BINARY(16) NOT NULL,
        consumer ${name},
        event_name ${name},
        payload LONGTEXT NOT NULL,
        request_id ${name},
        state TINYINT NOT NULL,
        generation INT NOT NULL,
        available_at DATETIME(3) NOT NULL,
        published_at DATETIME(3) NULL,
        done_at DATETIME(3) NULL,
        lease_token BINARY(16) NULL,
        lease_until DATETIME(3) NULL,
        created_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id, consumer),
        KEY ${prefix}_outbox_due (state, available_at),
        KEY ${prefix}_outbox_lease (lease_token),
        KEY ${prefix}_outbox_published (state, published_at)
      ) ${table}`,
    ),
    '0102_create_inbox': ddl(
      `CREATE TABLE IF NOT EXISTS ${prefix}_inbox (
        event_id BINARY(16) NOT NULL,
        consumer ${name},
        handled_at DATETIME(3) NOT NULL,
        PRIMARY KEY (event_id, consumer),
        KEY ${prefix}_inbox_age (handled_at)
      ) ${table}`,
    ),
    '0103_create_dead_letter': ddl(
      `CREATE TABLE IF NOT EXISTS ${prefix}_dead_letter (
        event_id BINARY(16) NOT NULL,
        producer ${name},
        event_name ${name},
        payload LONGTEXT NOT NULL,
        reason TEXT NOT NULL,
        request_id ${name},
        died_at DATETIME(3) NOT NULL,
        replayed_at DATETIME(3) NULL,
        PRIMARY KEY (event_id, producer),
        KEY ${prefix}_dead_letter_age (died_at)
      ) ${table}`,
    ),
    '0104_create_queue_state': ddl(
      `CREATE TABLE IF NOT EXISTS ${prefix}_queue_state (
        name ${name},
        value VARCHAR(200) NOT NULL,
        PRIMARY KEY (name)
      ) ${table}`,
    ),
    '0105_index_outbox_done': addIndex(
      `${prefix}_outbox`,
      `${prefix}_outbox_done`,
      'state, done_at',
    ),
    '0106_index_dead_letter_replayed': addIndex(
      `${prefix}_dead_letter`,
      `${prefix}_dead_letter_replayed`,
      'replayed_at',
    ),
  };
}
