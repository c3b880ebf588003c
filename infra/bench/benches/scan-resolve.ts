import { join } from 'node:path';
import { paths } from '../../bootstrap/paths.mjs';
import { createCaller, personAs } from '../../principals.ts';
import type { Bench, BenchContext } from '../context.ts';
import { compareLoads, runLoad } from '../load/load.ts';
import type { Measurement } from '../measurement.ts';
import { loadCodes } from '../prepare/load-codes.ts';
import { schemaUrlOf } from '../schema-url.ts';
import { startRetirements } from '../traffic/retirements.ts';
import type { ScansConfig } from '../traffic/scans.ts';

const folder = join(paths.root, 'infra', 'bench');
const traffic = join(folder, 'traffic', 'scans.ts');
const connections = 50;
const codesInTraffic = 100_000;
/** Beside those in traffic, so that no request of the load meets one that was retired. */
const codesToRetire = 2_000;
const path = '/v1/resolved-scans/';
const title = { unit: 'requests/s', kind: 'limit', better: 'higher' } as const;

/**
 * What a token leads to, as the ratings service asks the codes service: 100,000 codes, eight of ten
 * requests on a fifth of them. The limit is a bare Hono route with the answer at hand. Meanwhile
 * another process retires codes, and what is told of them after five seconds is counted. Then the
 * same with nothing remembered, against a bare server that makes the same SELECT.
 */
export const bench: Bench = {
  name: 'scan.resolve',
  async run(context) {
    const env = await context.environment();
    const { codes } = await context.startServices(['codes'], env);
    const { codes: retiring } = await context.startServices(['codes'], env);
    await loadCodes(schemaUrlOf(env, 'codes'), codesInTraffic + codesToRetire);
    context.say(`${codesInTraffic} codes are loaded`);
    const masterKey = env.DDP_MASTER_KEY ?? '';
    const config: ScansConfig = { codes: codesInTraffic, path, masterKey };
    const walk = { url: codes.url, connections, traffic, config: { ...config, isWalk: true } };
    await runLoad({ ...walk, durationMs: context.pace.warmUpMs * 4 });
    const retirements = startRetirements({
      call: createCaller(masterKey, { codes: retiring.url }),
      officer: personAs('city-officer', { areaPath: '/1506/' }),
      ...{ watchedUrl: codes.url, masterKey, first: codesInTraffic, count: codesToRetire },
    });
    const bare = await context.startServer('bare-hono', join(folder, 'servers', 'bare-hono.ts'));
    const resolve = await compareLoads(
      { ...title, name: 'scan.resolve' },
      context.pace,
      { url: codes.url, connections, traffic, config },
      { url: bare.url, connections, traffic, config: { codes: codesInTraffic, path } },
    );
    const seen = await retirements.stop();
    context.say(`told for ${Math.round(seen.slowestMs)} ms at the longest after a retirement`);
    await bare.process.stop();
    await codes.process.stop();
    return [
      { ...resolve, errors: resolve.errors + seen.stale },
      toStaleLine(seen),
      await measureCold(context, env, config),
    ];
  },
};

/** Answers of codes that another process retired more than five seconds before; none is right. */
function toStaleLine({ retired, stale }: { retired: number; stale: number }): Measurement {
  return {
    ...{ bench: 'scan.resolve.stale', value: stale, unit: 'answers', reference: retired },
    ...{ kind: 'limit', ratio: (retired - stale) / retired },
    ...{ p50Ms: null, p99Ms: null, referenceP99Ms: null, errors: stale },
  };
}

async function measureCold(
  context: BenchContext,
  env: NodeJS.ProcessEnv,
  config: ScansConfig,
): Promise<Measurement> {
  const forgetful = { ...env, CODES_SCAN_CACHE_SIZE: '0' };
  const { codes } = await context.startServices(['codes'], forgetful);
  const script = join(folder, 'servers', 'bare-scan.ts');
  const bare = await context.startServer('bare-scan', script, {
    SCHEMA_URL: schemaUrlOf(env, 'codes'),
  });
  const bareConfig: ScansConfig = { codes: config.codes, path: '/' };
  return compareLoads(
    { ...title, name: 'scan.resolve.cold' },
    context.pace,
    { url: codes.url, connections, traffic, config },
    { url: bare.url, connections, traffic, config: bareConfig },
  );
}
