import { sql, type Transaction } from 'kysely';
import type { ServiceStore } from './command.ts';
import { binaryToId, idToBinary } from './ids.ts';
import { machineNow } from './time.ts';

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
  const same = commands.map(
    ({ actor, key }) => sql`(scope = ${actor} AND idempotency_key = ${idToBinary(key)})`,
  );
  const { rows } = await sql<{
    scope: string;
    idempotency_key: Buffer;
    request_hash: Buffer;
    response: string | null;
  }>`SELECT scope, idempotency_key, request_hash, response
    FROM ${sql.table(`${store.prefix}_idempotency`)}
    WHERE ${sql.join(same, sql` OR `)}`.execute(tx);
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
  const rows = answered.map(
    ({ actor, key, hash, answer }) =>
      sql`(${actor}, ${idToBinary(key)}, ${hash}, ${JSON.stringify(answer)}, ${machineNow})`,
  );
  await sql`INSERT INTO ${sql.table(`${store.prefix}_idempotency`)}
    (scope, idempotency_key, request_hash, response, created_at)
    VALUES ${sql.join(rows)}`.execute(tx);
}
