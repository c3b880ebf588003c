import { join } from 'node:path';
import { paths } from '../../bootstrap/paths.mjs';
import type { Bench } from '../context.ts';
import { compareLoads } from '../load/load.ts';
import { loadAccounts } from '../prepare/load-accounts.ts';
import { schemaUrlOf } from '../schema-url.ts';
import type { BalancesConfig } from '../traffic/balances.ts';

const folder = join(paths.root, 'infra', 'bench', 'traffic');
const connections = 64;
const accounts = 1_000_000;
/** A sort of account that the rewards service may keep in the ledger. */
const code = 4_001;
const title = { name: 'balance.read', unit: 'reads/s', kind: 'limit', better: 'higher' } as const;

/**
 * One account of a million at the points service's own port, its principal checked. The limit is a
 * select by the primary key through the same driver, over as many connections.
 */
export const bench: Bench = {
  name: title.name,
  async run(context) {
    const env = await context.environment();
    const { points } = await context.startServices(['points'], env);
    const schemaUrl = schemaUrlOf(env, 'points');
    await loadAccounts(schemaUrl, { count: accounts, code, say: context.say });
    const config: BalancesConfig = { masterKey: env.DDP_MASTER_KEY ?? '', accounts };
    const traffic = join(folder, 'balances.ts');
    const program = join(folder, 'bare-account-reads.ts');
    return [
      await compareLoads(
        title,
        context.pace,
        { url: points.url, connections, traffic, config },
        { url: '', connections, program, config: { schemaUrl, accounts } },
      ),
    ];
  },
};
