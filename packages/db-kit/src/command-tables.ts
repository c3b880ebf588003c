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

/** The server's words for an index, or a column, that is there already. */
const duplicateKeyName = 1061;
const duplicateColumnName = 1060;

/** A migration that adds an index, or finds it there; MySQL has no IF NOT EXISTS for one. */
export function addIndex(tableName: string, indexName: string, columns: string): Migration {
  return unlessThere(
    `ALTER TABLE ${tableName} ADD KEY ${indexName} (${columns})`,
    duplicateKeyName,
  );
}

/** A migration that adds columns by their definitions, all in one statement, or finds them there. */
export function addColumns(tableName: string, columns: Record<string, string>): Migration {
  const added = Object.entries(columns).map(([name, type]) => `ADD COLUMN ${name} ${type}`);
  return unlessThere(`ALTER TABLE ${tableName} ${added.join(', ')}`, duplicateColumnName);
}

function unlessThere(statement: string, errno: number): Migration {
  const { up } = ddl(statement);
  return {
    async up(db: Kysely<unknown>) {
      try {
        await up(db);
      } catch (error) {
        if (!isDriverError(error) || error.errno !== errno) throw error;
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
