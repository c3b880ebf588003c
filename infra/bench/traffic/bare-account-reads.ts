import { openDatabase } from '@ddp/db-kit/database';
import { idToBinary } from '@ddp/db-kit/ids';
import { CompiledQuery, type Kysely } from 'kysely';
import { measureClosedLoop } from '../load/closed-loop.ts';
import type { Load } from '../load/load.ts';
import type { Sample } from '../measurement.ts';
import { accountIdOf } from '../prepare/load-accounts.ts';

const select = `SELECT id, unit, code, limit_kind, debits_posted, credits_posted, debits_pending,
  credits_pending, closed_at, created_at FROM points_ledger_account WHERE id = ?`;

async function readRow(db: Kysely<unknown>, id: string): Promise<void> {
  const { rows } = await db.executeQuery(CompiledQuery.raw(select, [idToBinary(id)]));
  if (rows.length !== 1) throw new Error('an account is not there');
}

/** Selects one account after another by its key, over as many connections as the load has. */
export async function measure(load: Load): Promise<Sample> {
  const { schemaUrl, accounts } = load.config as { schemaUrl: string; accounts: number };
  const db = openDatabase<unknown>({ url: schemaUrl, poolSize: load.connections });
  const readAny = () => readRow(db, accountIdOf(Math.floor(Math.random() * accounts)));
  await Promise.all(Array.from({ length: load.connections }, readAny));
  const sample = await measureClosedLoop(
    load.durationMs,
    Array.from({ length: load.connections }, () => readAny),
  );
  await db.destroy();
  return sample;
}
