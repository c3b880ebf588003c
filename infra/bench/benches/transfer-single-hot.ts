import { join } from 'node:path';
import { paths } from '../../bootstrap/paths.mjs';
import type { Bench } from '../context.ts';
import { compareLoads } from '../load/load.ts';
import type { Measurement } from '../measurement.ts';
import { type OpenedLedger, openLedger } from '../prepare/open-ledger.ts';

const traffic = join(paths.root, 'infra', 'bench', 'traffic', 'transfers.ts');
/** Many callers at once, and as few as a small install has. */
const crowds = [
  { name: 'transfer.single.hot', connections: 256 },
  { name: 'transfer.single.hot.c16', connections: 16 },
];
const title = { unit: 'transfers/s', kind: 'baseline', better: 'higher' } as const;

/**
 * Requests of one transfer each, all from one hot account, at the points service's own port. The
 * baseline is the same service that commits each transfer alone: same route, same chain.
 */
export const bench: Bench = {
  name: 'transfer.single.hot',
  async run(context) {
    const grouped = await openLedger(context);
    const alone = await openLedger(context, { LEDGER_GROUP_MAX: '1' });
    const measurements: Measurement[] = [];
    for (const { name, connections } of crowds) {
      const loadOf = ({ url, config }: OpenedLedger) => ({ url, connections, traffic, config });
      const [subject, reference] = [loadOf(grouped), loadOf(alone)];
      measurements.push(await compareLoads({ ...title, name }, context.pace, subject, reference));
    }
    return measurements;
  },
};
