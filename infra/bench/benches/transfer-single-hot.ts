import { join } from 'node:path';
import { createAccounts } from '@ddp/contracts/points/routes';
import { newId } from '@ddp/db-kit/ids';
import { paths } from '../../bootstrap/paths.mjs';
import type { Bench, BenchContext } from '../context.ts';
import { compareLoads, type Load } from '../load/load.ts';
import type { Measurement } from '../measurement.ts';
import { createCaller, serviceAs } from '../principals.ts';
import type { TransfersConfig } from '../traffic/transfers.ts';

const traffic = join(paths.root, 'infra', 'bench', 'traffic', 'transfers.ts');
/** Many callers at once, and as few as a small install has. */
const crowds = [
  { name: 'transfer.single.hot', connections: 256 },
  { name: 'transfer.single.hot.c16', connections: 16 },
];
const holders = 5_000;
const accountsPerRequest = 1_000;
/** A sort of account that the rewards service may keep in the ledger, in cents. */
const code = 4_001;
const title = { unit: 'transfers/s', kind: 'baseline', better: 'higher' } as const;

/** Starts the points service on a schema of its own, with one issuing account and many others. */
async function prepareLoad(
  context: BenchContext,
  settings: NodeJS.ProcessEnv,
): Promise<Omit<Load, 'durationMs' | 'connections'>> {
  const env = await context.environment();
  const { points } = await context.startServices(['points'], { ...env, ...settings });
  const masterKey = env.DDP_MASTER_KEY ?? '';
  const call = createCaller(masterKey, { points: points.url });
  const unit = 'cents' as const;
  const issuer = { id: newId(), unit, code, limit: 'none' as const };
  const limit = 'debits-may-not-exceed-credits' as const;
  const others = Array.from({ length: holders }, () => ({ id: newId(), unit, code, limit }));
  const accounts = [issuer, ...others];
  for (let from = 0; from < accounts.length; from += accountsPerRequest) {
    const some = accounts.slice(from, from + accountsPerRequest);
    await call(serviceAs('rewards'), createAccounts, { body: { accounts: some } });
  }
  const holderIds = others.map(({ id }) => id);
  const config: TransfersConfig = { masterKey, issuerId: issuer.id, holderIds, code };
  return { url: points.url, traffic, config };
}

/**
 * Requests of one transfer each, all from one hot account, at the points service's own port. The
 * baseline is the same service that commits each transfer alone: same route, same chain.
 */
export const bench: Bench = {
  name: 'transfer.single.hot',
  async run(context) {
    const grouped = await prepareLoad(context, {});
    const alone = await prepareLoad(context, { LEDGER_GROUP_MAX: '1' });
    const measurements: Measurement[] = [];
    for (const { name, connections } of crowds) {
      const subject = { ...grouped, connections };
      const reference = { ...alone, connections };
      measurements.push(await compareLoads({ ...title, name }, context.pace, subject, reference));
    }
    return measurements;
  },
};
