import { join } from 'node:path';
import { paths } from '../../bootstrap/paths.mjs';
import { createCaller } from '../../principals.ts';
import type { Bench } from '../context.ts';
import { compareLoads } from '../load/load.ts';
import { issueTokens } from '../prepare/issue-tokens.ts';
import { openArea } from '../prepare/open-area.ts';
import { schemaUrlOf } from '../schema-url.ts';
import { createBareTables } from '../traffic/bare-rating-writes.ts';
import type { RatingsConfig } from '../traffic/ratings.ts';

const folder = join(paths.root, 'infra', 'bench', 'traffic');
const connections = 50;
const title = {
  name: 'rating.submit',
  unit: 'ratings/s',
  kind: 'limit',
  better: 'higher',
} as const;

/**
 * A resident's rating, each by another person with another key, at the ratings service's own port;
 * it asks the codes service in a process of its own. Only a 201 counts. The limit is the same row
 * writes, one transaction a rating, straight to the database over as many connections.
 */
export const bench: Bench = {
  name: title.name,
  async run(context) {
    const env = await context.environment();
    const names = ['directory', 'codes', 'ratings'] as const;
    const { directory, codes, ratings } = await context.startServices(names, env);
    const masterKey = env.DDP_MASTER_KEY ?? '';
    const call = createCaller(masterKey, { directory: directory.url, codes: codes.url });
    const area = await openArea(call);
    const tokens = await issueTokens(call, area, { subjects: 100, places: 1 });
    await directory.process.stop();
    const { areaPath, programmeId } = area;
    const config: RatingsConfig = { tokens, masterKey, areaPath, programmeId };
    const schemaUrl = schemaUrlOf(env, 'ratings');
    await createBareTables(schemaUrl);
    return [
      await compareLoads(
        title,
        context.pace,
        {
          url: ratings.url,
          connections,
          traffic: join(folder, 'ratings.ts'),
          config,
          okStatuses: [201],
        },
        {
          url: '',
          connections,
          program: join(folder, 'bare-rating-writes.ts'),
          config: { schemaUrl },
        },
      ),
    ];
  },
};
