import { randomBytes } from 'node:crypto';
import { openDatabase } from '@ddp/db-kit/database';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { CompiledQuery, type Kysely, type Transaction } from 'kysely';
import { createConnection } from 'mysql2/promise';
import { measureClosedLoop } from '../load/closed-loop.ts';
import type { Load } from '../load/load.ts';
import type { Sample } from '../measurement.ts';

export interface BareTransfersConfig {
  schemaUrl: string;
  issuerId: string;
  holderIds: string[];
}

/** What the ledger puts into one block of a long request. */
export const rowsPerBlock = 1_000;
const accountsPerStatement = 500;
const tables = ['account', 'transfer', 'block', 'head'];

/** Copies of the tables that a transfer is written to, with the same keys and accounts. */
export async function createBareTables(schemaUrl: string): Promise<void> {
  const connection = await createConnection({ uri: schemaUrl });
  for (const table of tables) {
    await connection.query(`CREATE TABLE bare_${table} LIKE points_ledger_${table}`);
  }
  for (const table of ['account', 'head']) {
    await connection.query(`INSERT INTO bare_${table} SELECT * FROM points_ledger_${table}`);
  }
  await connection.end();
}

type Tx = Transaction<unknown>;
const run = (tx: Tx, text: string, values: unknown[] = []) =>
  tx.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values));
const list = (count: number, item = '?') => Array(count).fill(item).join(',');

function cut<T>(values: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let from = 0; from < values.length; from += accountsPerStatement) {
    chunks.push(values.slice(from, from + accountsPerStatement));
  }
  return chunks;
}

/** The statements of a block of transfers, with nothing decided and nothing hashed. */
async function writeBlock(tx: Tx, issuer: Buffer, holders: readonly Buffer[]): Promise<void> {
  const ids = holders.map(() => idToBinary(newId()));
  const accounts = [issuer, ...new Map(holders.map((id) => [id.toString('hex'), id])).values()];
  accounts.sort(Buffer.compare);
  for (const some of cut(accounts)) {
    await run(
      tx,
      `SELECT * FROM bare_account FORCE INDEX (PRIMARY) WHERE id IN (${list(some.length)})
        ORDER BY id FOR UPDATE`,
      some,
    );
  }
  const { rows } = await run(tx, 'SELECT seq FROM bare_head WHERE id = 1 FOR UPDATE');
  const seq = Number(rows[0]?.seq) + 1;
  for (const some of cut(ids)) {
    await run(tx, `SELECT * FROM bare_transfer WHERE id IN (${list(some.length)})`, some);
  }
  const now = new Date();
  const digest = randomBytes(32);
  await run(
    tx,
    `INSERT INTO bare_transfer (id, kind, debit_account_id, credit_account_id, amount, unit, code,
      reference, pending_id, expires_at, block_seq, position, created_at, digest)
      VALUES ${list(ids.length, `(${list(14)})`)}`,
    ids.flatMap((id, position) => [
      ...[id, 'posted', issuer, holders[position], 1, 'cents', 4_001, null, null, null],
      ...[seq, position, now, digest],
    ]),
  );
  for (const some of cut(accounts)) {
    await run(
      tx,
      `UPDATE bare_account SET credits_posted = credits_posted + CASE id
        ${'WHEN ? THEN ? '.repeat(some.length)} ELSE 0 END WHERE id IN (${list(some.length)})`,
      [...some.flatMap((id) => [id, 1]), ...some],
    );
  }
  await run(
    tx,
    `INSERT INTO bare_block (seq, previous_hash, hash, transfer_count, created_at)
      VALUES (?,?,?,?,?)`,
    [seq, digest, digest, ids.length, now],
  );
  await run(tx, 'UPDATE bare_head SET seq = ?, hash = ? WHERE id = 1', [seq, digest]);
}

/** Writes blocks over as many connections as the load has, and nothing else. */
export async function measure(load: Load): Promise<Sample> {
  const { schemaUrl, issuerId, holderIds } = load.config as BareTransfersConfig;
  const db: Kysely<unknown> = openDatabase({ url: schemaUrl, poolSize: load.connections });
  const issuer = idToBinary(issuerId);
  const holders = holderIds.map(idToBinary);
  const draw = () => holders[Math.floor(Math.random() * holders.length)] ?? issuer;
  const write = () => {
    const drawn = Array.from({ length: rowsPerBlock }, draw);
    return db.transaction().execute((tx) => writeBlock(tx, issuer, drawn));
  };
  for (let time = 0; time < 10; time += 1) await write();
  const sample = await measureClosedLoop(
    load.durationMs,
    Array.from({ length: load.connections }, () => write),
  );
  await db.destroy();
  return sample;
}
