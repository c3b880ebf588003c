import { CompiledQuery, type Transaction } from 'kysely';
import type { ServiceStore } from './command.ts';
import { binaryToId, idToBinary } from './ids.ts';

/** A command among others of one transaction; `hash` is its `hashRequest`. */
export interface BatchCommand {
  actor: string;
  key: string;
  hash: Buffer;
}

export interface KeptAnswer {
  hash: Buffer;
  answer: unknown;
}

interface AnswerRow {
  scope: string;
  idempotency_key: Buffer;
  request_hash: Buffer;
  response: string | null;
}

type Store = Pick<ServiceStore<unknown>, 'prefix'>;

/** Tells the commands of one batch apart. */
export function commandName({ actor, key }: Pick<BatchCommand, 'actor' | 'key'>): string {
  return `${actor} ${key}`;
}

/** What was answered before to these commands, by their names. */
export async function findAnswers<DB>(
  tx: Transaction<DB>,
  store: Store,
  commands: readonly BatchCommand[],
): Promise<Map<string, KeptAnswer>> {
  if (commands.length === 0) return new Map();
  const same = Array(commands.length).fill('(scope = ? AND idempotency_key = ?)').join(' OR ');
  const { rows } = await tx.executeQuery<AnswerRow>(
    CompiledQuery.raw(
      `SELECT scope, idempotency_key, request_hash, response FROM ${tableOf(store)} WHERE ${same}`,
      commands.flatMap(({ actor, key }) => [actor, idToBinary(key)]),
    ),
  );
  return new Map(
    rows.map((row) => [
      commandName({ actor: row.scope, key: binaryToId(row.idempotency_key) }),
      { hash: row.request_hash, answer: JSON.parse(row.response ?? 'null') as unknown },
    ]),
  );
}

/**
 * The first write of a batch: its idempotency rows with what will be answered. A command that is at
 * work elsewhere at the same moment makes it fail as a duplicate; tried again alone, it finds the
 * answer.
 */
export async function writeAnswers<DB>(
  tx: Transaction<DB>,
  store: Store,
  answered: readonly (BatchCommand & { answer: unknown })[],
): Promise<void> {
  if (answered.length === 0) return;
  const groups = Array(answered.length).fill('(?, ?, ?, ?, UTC_TIMESTAMP(3))').join();
  await tx.executeQuery(
    CompiledQuery.raw(
      `INSERT INTO ${tableOf(store)}
        (scope, idempotency_key, request_hash, response, created_at) VALUES ${groups}`,
      answered.flatMap(({ actor, key, hash, answer }) => [
        ...[actor, idToBinary(key), hash, JSON.stringify(answer)],
      ]),
    ),
  );
}

/** Statements of many rows are put together as text: building them would cost more than the rows. */
function tableOf({ prefix }: Store): string {
  if (!/^[a-z]{1,32}$/.test(prefix)) throw new RangeError('not a table prefix');
  return `${prefix}_idempotency`;
}
