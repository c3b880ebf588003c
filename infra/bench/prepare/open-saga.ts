import { join } from 'node:path';
import { paths } from '../../bootstrap/paths.mjs';
import { createCaller } from '../../principals.ts';
import type { BenchContext } from '../context.ts';
import { schemaUrlOf } from '../schema-url.ts';
import type { RedemptionsConfig } from '../traffic/redemptions.ts';
import { joinResidents } from './join-residents.ts';
import { openArea } from './open-area.ts';
import { openShop } from './open-shop.ts';

/** Rewards, points and notices in processes of their own, benefits on offer and residents with points. */
export async function openSaga(
  context: BenchContext,
  env: NodeJS.ProcessEnv,
  { residents, benefits, stock }: { residents: number; benefits: number; stock?: number },
) {
  const names = ['identity', 'directory', 'points', 'rewards', 'notices'] as const;
  const services = await context.startServices(names, env);
  const { identity, directory, points, rewards } = services;
  const masterKey = env.DDP_MASTER_KEY ?? '';
  const call = createCaller(masterKey, {
    directory: directory.url,
    points: points.url,
    rewards: rewards.url,
  });
  const area = await openArea(call);
  const benefitIds = await openShop(call, area, benefits, stock);
  const personIds = await joinResidents(call, area, residents);
  await Promise.all([identity.process.stop(), directory.process.stop()]);
  const { areaPath, programmeId } = area;
  const who = { masterKey, areaPath, programmeId, personIds };
  const config: RedemptionsConfig = { ...who, benefitIds, schemaUrl: schemaUrlOf(env, 'rewards') };
  const program = join(paths.root, 'infra', 'bench', 'traffic', 'redemptions.ts');
  return { points, load: { url: rewards.url, connections: 50, program, config }, config };
}
