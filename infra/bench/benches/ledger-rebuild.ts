import { createConnection } from 'mysql2/promise';
import { listFindings } from '../../demo/run-audit.ts';
import type { Bench } from '../context.ts';
import { conclude, type Sample } from '../measurement.ts';
import { loadAccounts } from '../prepare/load-accounts.ts';
import { loadTransfers } from '../prepare/load-transfers.ts';
import { schemaUrlOf } from '../schema-url.ts';

const accounts = 100_000;
const transfers = 1_000_000;
const code = 4_001;
const title = { name: 'ledger.rebuild', unit: 's', kind: 'limit', better: 'lower' } as const;

async function time(work: () => Promise<void>): Promise<Sample> {
  const startedAt = performance.now();
  await work();
  const value = (performance.now() - startedAt) / 1_000;
  return { value, p50Ms: null, p99Ms: null, errors: 0 };
}

/**
 * `npm run audit -- points` over a million transfers: every balance is computed anew and compared
 * with what stands on its account, and the chain with its digests. The limit is the sums alone.
 */
export const bench: Bench = {
  name: title.name,
  async run(context) {
    const env = await context.environment();
    const { points } = await context.startServices(['points'], env);
    const schemaUrl = schemaUrlOf(env, 'points');
    await loadAccounts(schemaUrl, { count: accounts, code, say: context.say });
    await loadTransfers(schemaUrl, { count: transfers, accounts, code, say: context.say });
    await points.process.stop();
    const connection = await createConnection({ uri: schemaUrl });
    const reference = await time(async () => {
      for (const side of ['debit', 'credit']) {
        await connection.query(
          `SELECT COUNT(*) FROM (SELECT SUM(amount) FROM points_ledger_transfer
            GROUP BY ${side}_account_id) AS sums`,
        );
      }
    });
    await connection.end();
    const subject = await time(async () => {
      const broken = listFindings(env, ['points']).filter((line) => line.includes('"holds":false'));
      if (broken.length > 0) throw new Error(`the audit found something: ${broken.join('\n')}`);
    });
    return [conclude(title, [subject], [reference])];
  },
};
