import { join } from 'node:path';
import { paths } from '../../bootstrap/paths.mjs';
import type { Bench, BenchContext } from '../context.ts';
import { type Load, runLoad } from '../load/load.ts';
import { conclude, interleave, type Sample } from '../measurement.ts';
import { openSaga } from '../prepare/open-saga.ts';
import type { BareJobsConfig } from '../traffic/bare-jobs.ts';

const folder = join(paths.root, 'infra', 'bench');
const connections = 50;
const title = {
  name: 'redemption.e2e',
  unit: 'redemptions/s',
  kind: 'limit',
  better: 'higher',
} as const;

const halfTitle = {
  name: 'redemption.e2e.half',
  unit: 'ms',
  kind: 'baseline',
  better: 'lower',
} as const;

type Prepared = Omit<Load, 'durationMs'>;

async function prepareBareJobs(
  context: BenchContext,
  env: NodeJS.ProcessEnv,
  jobs: number,
): Promise<Prepared> {
  const bare = await context.startServer(
    'bare-worker',
    join(folder, 'servers', 'bare-worker.ts'),
    env,
  );
  const { REDIS_URL: redisUrl = '', REDIS_PREFIX: redisPrefix = '' } = env;
  const config: BareJobsConfig = { redisUrl, redisPrefix, jobs };
  const program = join(folder, 'traffic', 'bare-jobs.ts');
  return { url: bare.url, connections, program, config };
}

/**
 * From the first of many requests to the last voucher: rewards, points and notices at work in
 * processes of their own, every job of the saga included. A latency is the time from one request to
 * its voucher. The limit is as many jobs that do nothing, brought by BullMQ alone to a worker of
 * concurrency 100 in the same Redis, adds included. Then, at half the rate that was reached, the time
 * in which 99 of 100 requests have their voucher, against that at the full rate.
 */
export const bench: Bench = {
  name: title.name,
  async run(context) {
    const { pace } = context;
    const count = Math.round(pace.roundMs / 8);
    const env = await context.environment();
    const { load: saga, config } = await openSaga(context, env, { residents: count, benefits: 1 });
    const bare = await prepareBareJobs(context, env, count);
    const durationMs = 120_000;
    await runLoad({ ...saga, durationMs });
    const { subject, reference } = await interleave(
      pace.rounds,
      () => runLoad({ ...saga, durationMs }),
      () => runLoad({ ...bare, durationMs }),
    );
    const whole = conclude(title, subject, reference);
    const paced = { ...config, perSecond: whole.value / 2 };
    const half = await runLoad({ ...saga, durationMs, config: paced });
    const slowest = (sample: Sample) => ({ ...sample, value: sample.p99Ms ?? Number.NaN });
    return [whole, conclude(halfTitle, [slowest(half)], subject.map(slowest))];
  },
};
