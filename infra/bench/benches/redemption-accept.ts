import { join } from 'node:path';
import { paths } from '../../bootstrap/paths.mjs';
import type { Bench } from '../context.ts';
import { runLoad } from '../load/load.ts';
import { conclude, type Sample } from '../measurement.ts';
import { openSaga } from '../prepare/open-saga.ts';
import type { AcceptsConfig } from '../traffic/accepts.ts';

const program = join(paths.root, 'infra', 'bench', 'traffic', 'accepts.ts');
const fullRoundMs = 3_000;
const queued = 10_000;
const requests = 2_000;
const pointsEach = 20;
const durationMs = 300_000;

/**
 * How long a resident waits until a redemption is accepted while ten thousand are queued and worked
 * off, and while none is. The queue is made by requests while points are away.
 */
export const bench: Bench = {
  name: 'redemption.accept',
  async run(context) {
    const { pace, say } = context;
    const part = Math.min(1, pace.roundMs / fullRoundMs);
    const wanted = Math.round(queued * part);
    const round = Math.round(requests * part);
    // What is accepted at the most, and is never refused for want of points.
    const filling = wanted + 2 * round;
    const residents = Math.ceil((filling + 2 * round) / (pointsEach - 2));
    const env = await context.environment();
    const { points, load, config } = await openSaga(context, env, { residents, benefits: 20 });
    const run = (size: number, leastWaiting: number, connections: number): Promise<Sample> => {
      const accepts: AcceptsConfig = { ...config, requests: size, leastWaiting };
      return runLoad({ ...load, connections, program, durationMs, config: accepts });
    };
    const quiet = await run(round, 0, 16);
    await points.process.stop();
    await run(filling, wanted, 50);
    await points.process.restart();
    say(`${filling} redemptions are queued`);
    const busy = await run(round, wanted, 16);
    const title = { name: 'redemption.accept', unit: 'ms', kind: 'baseline' } as const;
    const slowest = (sample: Sample) => [{ ...sample, value: sample.p99Ms ?? Number.NaN }];
    return [conclude({ ...title, better: 'lower' }, slowest(busy), slowest(quiet))];
  },
};
