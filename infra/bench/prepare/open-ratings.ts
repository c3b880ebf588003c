import { createCaller } from '../../principals.ts';
import type { BenchContext } from '../context.ts';
import { schemaUrlOf } from '../schema-url.ts';
import { issueTokens } from './issue-tokens.ts';
import { openArea } from './open-area.ts';

/** A ratings service beside the codes service it asks, with codes to scan. */
export async function openRatings(context: BenchContext, subjects: number) {
  const env = await context.environment();
  const names = ['directory', 'codes', 'ratings'] as const;
  const { directory, codes, ratings } = await context.startServices(names, env);
  const masterKey = env.DDP_MASTER_KEY ?? '';
  const call = createCaller(masterKey, { directory: directory.url, codes: codes.url });
  const area = await openArea(call);
  const tokens = await issueTokens(call, area, { subjects, places: 1 });
  await directory.process.stop();
  const { areaPath, programmeId } = area;
  return {
    ...{ env, url: ratings.url, schemaUrl: schemaUrlOf(env, 'ratings') },
    config: { tokens, masterKey, areaPath, programmeId },
  };
}
