import { type Kysely, type Migration, sql } from 'kysely';
import { isDriverError } from './errors.ts';

/** First write of every command: decides a repeat, keeps its answer. */
export interface IdempotencyTable {
  scope: string;
  idempotency_key: Buffer;
  request_hash: Buffer;
  response: string | null;
  created_at: Date;
}

/** One row for each act of staff. */
export interface AuditTable {
  id: Buffer;
  acted_at: Date;
  person_id: Buffer | null;
  role: string;
  action: string;
  object_kind: string;
  object_id: string;
  detail: string;
  request_id: string;
}

export type CommandTables<P extends string> = { [K in `${P}_idempotency`]: IdempotencyTable } & {
  [K in `${P}_audit`]: AuditTable;
};

const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci';

/** The tables that `runCommand` and `appendAudit` write, under the service's prefix. */
export function commandMigrations(prefix: string): Record<string, Migration> {
  return {
    '0001_create_idempotency': ddl(
      `CREATE TABLE IF NOT EXISTS ${prefix}_idempotency (
        scope VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        idempotency_key BINARY(16) NOT NULL,
        request_hash BINARY(32) NOT NULL,
        response LONGTEXT NULL,
        created_at DATETIME(3) NOT NULL,
        PRIMARY KEY (scope, idempotency_key),
        KEY ${prefix}_idempotency_age (created_at)
      ) ${table}`,
    ),
    '0002_create_audit': ddl(
      `CREATE TABLE IF NOT EXISTS ${prefix}_audit (
        id BINARY(16) NOT NULL,
        acted_at DATETIME(3) NOT NULL,
        person_id BINARY(16) NULL,
        role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        action VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        object_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        object_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        detail LONGTEXT NOT NULL,
        request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        PRIMARY KEY (id),
        KEY ${prefix}_audit_object (object_kind, object_id),
        KEY ${prefix}_audit_person (person_id, acted_at)
      ) ${table}`,
    ),
  };
}

/** A migration that adds an index, or finds it there; MySQL has no IF NOT EXISTS for one. */
export function addIndex(tableName: string, indexName: string, columns: string): Migration {
  return alterTable(tableName, `ADD KEY ${indexName} (${columns})`);
}

/** What a server answers to clauses that it has followed before: of columns, of keys, of drops. */
const doneBefore = new Set([1060, 1061, 1091]);

/**
 * A migration of one ALTER TABLE, which happens as a whole or not at all: it adds or drops columns
 * or indexes, or finds them added or dropped.
 */
export function alterTable(tableName: string, clauses: string): Migration {
  const { up } = ddl(`ALTER TABLE ${tableName} ${clauses}`);
  return {
    async up(db: Kysely<unknown>) {
      try {
        await up(db);
      } catch (error) {
        if (!isDriverError(error) || !doneBefore.has(error.errno ?? 0)) throw error;
      }
    },
  };
}

/** A migration of one DDL statement, written so that running it again changes nothing. */
export function ddl(statement: string): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await sql([statement] as unknown as TemplateStringsArray).execute(db);
    },
  };
}
