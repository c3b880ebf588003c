import { join } from 'node:path';
import { paths } from '../../bootstrap/paths.mjs';
import { createCaller } from '../../principals.ts';
import type { Bench } from '../context.ts';
import { compareLoads } from '../load/load.ts';
import { issueTokens } from '../prepare/issue-tokens.ts';
import { openArea } from '../prepare/open-area.ts';
import { schemaUrlOf } from '../schema-url.ts';
import type { ScansConfig } from '../traffic/scans.ts';

const folder = join(paths.root, 'infra', 'bench');
const traffic = join(folder, 'traffic', 'scans.ts');
const connections = 50;
const title = {
  name: 'scan.resolve',
  unit: 'requests/s',
  kind: 'limit',
  better: 'higher',
} as const;

/**
 * What a token leads to, as the ratings service asks the codes service, over thousands of codes.
 * The limit is a bare `node:http` server that makes the same SELECT in the same schema.
 */
export const bench: Bench = {
  name: title.name,
  async run(context) {
    const env = await context.environment();
    const { codes, directory } = await context.startServices(['directory', 'codes'], env);
    const masterKey = env.DDP_MASTER_KEY ?? '';
    const call = createCaller(masterKey, { codes: codes.url, directory: directory.url });
    const area = await openArea(call);
    const subjects = Math.round(context.pace.roundMs / 10);
    const tokens = await issueTokens(call, area, { subjects, places: 10 });
    await directory.process.stop();
    const bare = await context.startServer('bare-scan', join(folder, 'servers', 'bare-scan.ts'), {
      SCHEMA_URL: schemaUrlOf(env, 'codes'),
    });
    const config: ScansConfig = { tokens, path: '/v1/resolved-scans/', masterKey };
    const bareConfig: ScansConfig = { tokens, path: '/' };
    const subject = { url: codes.url, connections, traffic, config };
    const reference = { url: bare.url, connections, traffic, config: bareConfig };
    return [await compareLoads(title, context.pace, subject, reference)];
  },
};
