import { join } from 'node:path';
import { paths } from '../../bootstrap/paths.mjs';
import type { Bench } from '../context.ts';
import { runLoad } from '../load/load.ts';
import { conclude } from '../measurement.ts';
import { openSaga } from '../prepare/open-saga.ts';
import type { RushConfig } from '../traffic/rush.ts';

const folder = join(paths.root, 'infra', 'bench');
const program = join(folder, 'traffic', 'rush.ts');
const fullRoundMs = 3_000;
const buyers = 2_000;
const items = 100;
const duplicates = 3;
const durationMs = 120_000;

/**
 * Twenty buyers an item, at the same moment, three requests each: how long until 99 of 100 requests
 * are answered, against as many at once of a route that does nothing.
 */
export const bench: Bench = {
  name: 'redemption.rush',
  async run(context) {
    const part = Math.min(1, context.pace.roundMs / fullRoundMs);
    const of = (count: number) => Math.round(count * part);
    const env = await context.environment();
    const size = { residents: of(buyers), benefits: context.pace.rounds, stock: of(items) };
    const { load, config } = await openSaga(context, env, size);
    const bare = await context.startServer('bare-route', join(folder, 'servers', 'bare-route.ts'));
    const rush = (benefitId: string) => {
      const asked: RushConfig = { ...config, benefitIds: [benefitId], duplicates };
      return { ...load, program, durationMs, config: asked };
    };
    const hello = { ...rush(''), url: bare.url, request: { path: '/v1/hello' } };
    await runLoad(hello);
    const subject = [];
    const reference = [];
    for (const benefitId of config.benefitIds) {
      reference.push(await runLoad(hello));
      subject.push(await runLoad(rush(benefitId)));
    }
    const title = { name: 'redemption.rush', unit: 'ms', kind: 'limit', better: 'lower' } as const;
    return [conclude(title, subject, reference)];
  },
};
