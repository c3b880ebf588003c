import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { paths } from '../../bootstrap/paths.mjs';
import { programOf } from '../../processes/program.ts';
import type { Bench } from '../context.ts';
import { conclude, interleave, percentileOf, type Sample } from '../measurement.ts';
import { timeStart } from '../time-start.ts';

const bare = join(paths.root, 'infra', 'bench', 'servers', 'bare-start.mjs');
const startTitle = { name: 'suite.start', unit: 's', kind: 'limit', better: 'lower' } as const;
const memoryTitle = {
  name: 'suite.idle-memory',
  unit: 'MiB',
  kind: 'limit',
  better: 'lower',
} as const;

/** One start and its stop; the latency is that of the start. */
async function sampleStart(script: string, env: NodeJS.ProcessEnv): Promise<Sample> {
  const { seconds, stop } = await timeStart(script, env);
  await stop();
  return { value: seconds, p50Ms: seconds * 1_000, p99Ms: seconds * 1_000, errors: 0 };
}

/** Resident memory after a while without a request. */
async function sampleMemory(
  script: string,
  env: NodeJS.ProcessEnv,
  idleMs: number,
): Promise<Sample> {
  const { readMemoryMib, stop } = await timeStart(script, env);
  await sleep(idleMs);
  const value = readMemoryMib();
  await stop();
  return { value, p50Ms: null, p99Ms: null, errors: 0 };
}

/**
 * The built suite, every service mounted, from its spawn to its first healthy answer, with engines
 * that run and schemas that an earlier start made; then its memory when nobody asks for anything.
 * The limit of both is a bare Node process that loads hono, kysely, mysql2 and BullMQ.
 */
export const bench: Bench = {
  name: startTitle.name,
  async run(context) {
    const { rounds, roundMs } = context.pace;
    const env = { ...(await context.environment()), DDP_DEMO: '0' };
    const suite = programOf('suite');
    await sampleStart(suite, env);
    await sampleStart(bare, env);
    const starts = await interleave(
      rounds,
      () => sampleStart(suite, env),
      () => sampleStart(bare, env),
    );
    const idleMs = roundMs * 3;
    const [idle, idleBare] = await Promise.all([
      sampleMemory(suite, env, idleMs),
      sampleMemory(bare, env, idleMs),
    ]);
    const sorted = starts.subject.map(({ value }) => value * 1_000).sort((a, b) => a - b);
    const slowestMs = Math.round(percentileOf(sorted, 0.99));
    return [
      { ...conclude(startTitle, starts.subject, starts.reference), p99Ms: slowestMs },
      conclude(memoryTitle, [idle], [idleBare]),
    ];
  },
};
