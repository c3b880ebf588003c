import { createHash } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import { isDuplicate } from './errors.ts';
import { idToBinary } from './ids.ts';
import { type ClockOffset, machineNow } from './time.ts';
import { transact } from './transact.ts';

/** A service's database with what every command needs beside it. */
export interface ServiceStore<DB> {
  db: Kysely<DB>;
  /** The service's table prefix, `points` for `points_award`. */
  prefix: string;
  clock: ClockOffset;
  /** Called after a command committed, so that its events leave at once. */
  onCommit: () => void;
}

export interface Command {
  /** Whose key it is: `person:<id>`, `service:<name>`, `job`. Another actor's same key is another key. */
  actor: string;
  /** The caller's Idempotency-Key, a UUID. */
  key: string;
  /** The operation's name; the same key with another operation or input is refused. */
  name: string;
  input: unknown;
}

/** The key was used before with another operation or input. */
export class KeyReusedError extends Error {
  override name = 'KeyReusedError';
}

/**
 * Runs a command once: one transaction whose first write is the idempotency row, so that a repeat
 * waits for the original and gets its answer. The answer must survive JSON.
 */
export async function runCommand<DB, T>(
  store: ServiceStore<DB>,
  command: Command,
  body: (tx: Transaction<DB>) => Promise<T>,
): Promise<T> {
  const hash = hashRequest(command);
  const run = async (tx: Transaction<DB>): Promise<T> => {
    const isFirst = await claimKey(tx, store, command, hash);
    if (!isFirst) return readAnswer<DB, T>(tx, store, command, hash);
    const first = await body(tx);
    await sql`UPDATE ${sql.table(`${store.prefix}_idempotency`)}
      SET response = ${JSON.stringify(first ?? null)}
      WHERE scope = ${command.actor} AND idempotency_key = ${idToBinary(command.key)}`.execute(tx);
    return first;
  };
  const answer = await transact(store.db, run, { isRepeatable: true });
  store.onCommit();
  return answer;
}

/** Whether a command has its answer already, so that nothing needs to be made ready for it. */
export async function isAnswered<DB>(
  store: ServiceStore<DB>,
  { actor, key }: Pick<Command, 'actor' | 'key'>,
): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM ${sql.table(`${store.prefix}_idempotency`)}
    WHERE scope = ${actor} AND idempotency_key = ${idToBinary(key)}`.execute(store.db);
  return rows.length > 0;
}

/** SHA-256 over the operation's name and its input with sorted keys. */
export function hashRequest(command: Command): Buffer {
  return createHash('sha256')
    .update(`${command.name}\n${canonicalJson(command.input)}`)
    .digest();
}

/** JSON with object keys in order, so that equal values make equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

async function claimKey<DB>(
  tx: Transaction<DB>,
  store: ServiceStore<DB>,
  command: Command,
  hash: Buffer,
): Promise<boolean> {
  try {
    await sql`INSERT INTO ${sql.table(`${store.prefix}_idempotency`)}
      (scope, idempotency_key, request_hash, created_at)
      VALUES (${command.actor}, ${idToBinary(command.key)}, ${hash}, ${machineNow})`.execute(tx);
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

async function readAnswer<DB, T>(
  tx: Transaction<DB>,
  store: ServiceStore<DB>,
  command: Command,
  hash: Buffer,
): Promise<T> {
  const { rows } = await sql<{ request_hash: Buffer; response: string | null }>`
    SELECT request_hash, response FROM ${sql.table(`${store.prefix}_idempotency`)}
    WHERE scope = ${command.actor} AND idempotency_key = ${idToBinary(command.key)}`.execute(tx);
  const row = rows[0];
  if (!row?.request_hash.equals(hash)) {
    throw new KeyReusedError('this Idempotency-Key was used with another request');
  }
  return JSON.parse(row.response ?? 'null') as T;
}
