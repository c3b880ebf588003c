import { join } from 'node:path';
import { paths } from '../../bootstrap/paths.mjs';
import type { Bench } from '../context.ts';
import { runLoad } from '../load/load.ts';
import { conclude, interleave, type Measurement, type Sample } from '../measurement.ts';
import { openLedger } from '../prepare/open-ledger.ts';
import { schemaUrlOf } from '../schema-url.ts';
import { createBareTables, rowsPerBlock } from '../traffic/bare-transfer-writes.ts';

const folder = join(paths.root, 'infra', 'bench', 'traffic');
const connections = 2;
/** The most that a request may hold, and what one block holds. */
const sizes = [
  { name: 'transfer.bulk.1000', size: 1_000 },
  { name: 'transfer.bulk.8000', size: 8_000 },
];
const title = { unit: 'transfers/s', kind: 'limit', better: 'higher' } as const;

const times = (factor: number, sample: Sample): Sample => ({
  ...sample,
  value: sample.value * factor,
});

/**
 * Requests of many transfers at the points service's own port. The limit is the same statements in
 * transactions of a block each, through the same driver over as many connections.
 */
export const bench: Bench = {
  name: 'transfer.bulk',
  async run(context) {
    const { url, env, config } = await openLedger(context);
    const schemaUrl = schemaUrlOf(env, 'points');
    await createBareTables(schemaUrl);
    const { issuerId, holderIds } = config;
    // Few requests fit into a second.
    const durationMs = context.pace.roundMs * 2;
    const traffic = join(folder, 'bulk-transfers.ts');
    const program = join(folder, 'bare-transfer-writes.ts');
    const bareConfig = { schemaUrl, issuerId, holderIds };
    const bare = { url: '', connections, durationMs, program, config: bareConfig };
    const measurements: Measurement[] = [];
    for (const { name, size } of sizes) {
      const load = { url, connections, durationMs, traffic, config: { ...config, size } };
      await runLoad({ ...load, durationMs: context.pace.warmUpMs });
      const { subject, reference } = await interleave(
        context.pace.rounds,
        async () => times(size, await runLoad(load)),
        async () => times(rowsPerBlock, await runLoad(bare)),
      );
      measurements.push(conclude({ ...title, name }, subject, reference));
    }
    return measurements;
  },
};
