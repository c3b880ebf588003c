import type { Bench } from '../context.ts';
import { runLoad } from '../load/load.ts';
import { conclude, interleave } from '../measurement.ts';
import { openSaga } from '../prepare/open-saga.ts';

const spread = 100;

/** The whole saga, all residents on one benefit, against the same residents on a hundred of them. */
export const bench: Bench = {
  name: 'redemption.hot',
  async run(context) {
    const { pace } = context;
    const residents = Math.round(pace.roundMs / 8);
    const env = await context.environment();
    const { load, config } = await openSaga(context, env, { residents, benefits: spread });
    const durationMs = 120_000;
    const all = { ...load, durationMs };
    const [hottest = ''] = config.benefitIds;
    const hot = { ...all, config: { ...config, benefitIds: [hottest] } };
    await runLoad(all);
    const { subject, reference } = await interleave(
      pace.rounds,
      () => runLoad(hot),
      () => runLoad(all),
    );
    const title = { name: 'redemption.hot', unit: 'redemptions/s' } as const;
    return [conclude({ ...title, kind: 'baseline', better: 'higher' }, subject, reference)];
  },
};
