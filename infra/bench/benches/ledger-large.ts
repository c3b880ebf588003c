import { join } from 'node:path';
import { paths } from '../../bootstrap/paths.mjs';
import { listFindings } from '../../demo/run-audit.ts';
import type { Bench, BenchContext } from '../context.ts';
import { type Load, runLoad } from '../load/load.ts';
import { conclude, interleave, type Measurement, type Sample } from '../measurement.ts';
import { accountIdOf, loadAccounts, warmAccounts } from '../prepare/load-accounts.ts';
import { loadTransfers } from '../prepare/load-transfers.ts';
import { schemaUrlOf } from '../schema-url.ts';

const folder = join(paths.root, 'infra', 'bench', 'traffic');
const code = 4_001;
const holders = 5_000;
const sizes = {
  small: { accounts: 10_000, transfers: 10_000 },
  large: { accounts: 1_000_000, transfers: 10_000_000 },
};
/** The growth that is asked about is that of the slowest answers. */
const title = { unit: 'ms', kind: 'baseline', better: 'lower' } as const;
/** Reads come first: the writes of the others are still being flushed after them. */
const loads = [
  { name: 'large.balance.read', connections: 64, traffic: 'balances.ts', size: 1 },
  { name: 'large.transfer.single.hot', connections: 256, traffic: 'transfers.ts', size: 1 },
  { name: 'large.transfer.single.hot.c16', connections: 16, traffic: 'transfers.ts', size: 1 },
  { name: 'large.transfer.bulk.1000', connections: 2, traffic: 'bulk-transfers.ts', size: 1_000 },
];

/** A points service on a loaded ledger that was audited, and what its loads need to know. */
async function openLoaded(
  context: BenchContext,
  { accounts, transfers }: (typeof sizes)[keyof typeof sizes],
) {
  const env = await context.environment();
  const { points } = await context.startServices(['points'], env);
  const schemaUrl = schemaUrlOf(env, 'points');
  const { say } = context;
  await loadAccounts(schemaUrl, { count: accounts, code, say });
  await loadTransfers(schemaUrl, { count: transfers, accounts, code, say });
  const broken = listFindings(env, ['points']).filter((line) => line.includes('"holds":false'));
  if (broken.length > 0) throw new Error(`the loaded ledger is broken: ${broken.join('\n')}`);
  say(`the ledger of ${transfers} transfers is clean`);
  await warmAccounts(schemaUrl);
  const every = Math.floor((accounts - 1) / holders);
  const holderIds = Array.from({ length: holders }, (_none, at) => accountIdOf(1 + at * every));
  const masterKey = env.DDP_MASTER_KEY ?? '';
  return {
    url: points.url,
    config: { masterKey, issuerId: accountIdOf(0), holderIds, code, accounts },
  };
}

/**
 * The same loads on a ledger of ten million transfers and a million accounts and on one that is
 * nearly empty, in turn. Value and reference are the 99th percentile; it may grow by a half.
 */
export const bench: Bench = {
  name: 'ledger.large',
  isLarge: true,
  async run(context) {
    const { pace } = context;
    const small = await openLoaded(context, sizes.small);
    const large = await openLoaded(context, sizes.large);
    const measurements: Measurement[] = [];
    for (const { name, connections, traffic, size } of loads) {
      const loadOf = ({ url, config }: typeof small): Load => ({
        ...{ url, connections, durationMs: pace.roundMs, traffic: join(folder, traffic) },
        config: { ...config, size },
      });
      for (const each of [small, large]) {
        await runLoad({ ...loadOf(each), durationMs: pace.warmUpMs });
      }
      const slowest = (sample: Sample): Sample => ({
        ...sample,
        value: sample.p99Ms ?? Number.NaN,
      });
      const { subject, reference } = await interleave(
        pace.rounds,
        async () => slowest(await runLoad(loadOf(large))),
        async () => slowest(await runLoad(loadOf(small))),
      );
      measurements.push(conclude({ ...title, name }, subject, reference));
    }
    return measurements;
  },
};
