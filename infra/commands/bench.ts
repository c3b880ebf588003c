import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Bench, createBenchContext, createSharedEngines } from '../bench/context.ts';
import type { Pace } from '../bench/load/load.ts';
import { paths } from '../bootstrap/paths.mjs';
import { Stop } from '../bootstrap/stop.mjs';
import { findByEnvironment, signal } from '../engines/processes.ts';
import { print, say, waitForSignal } from './say.ts';

const usualPace: Pace = { rounds: 5, warmUpMs: 3_000, roundMs: 3_000 };
const quickPace: Pace = { rounds: 3, warmUpMs: 2_000, roundMs: 1_000 };
const interruptedCode = 130;

async function loadBenches(): Promise<Bench[]> {
  const folder = join(paths.root, 'infra', 'bench', 'benches');
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  const modules = files.sort().map(async (file) => {
    const module = (await import(pathToFileURL(join(folder, file)).href)) as { bench: Bench };
    return module.bench;
  });
  return Promise.all(modules);
}

function chooseBenches(benches: Bench[], names: string[], isLarge: boolean): Bench[] {
  const unknown = names.find((name) => !benches.some((bench) => bench.name === name));
  if (unknown !== undefined) {
    const known = benches.map(({ name }) => name).join(', ');
    throw new Stop(`There is no bench ${unknown}; there are: ${known}`);
  }
  return benches.filter((bench) =>
    names.length > 0 ? names.includes(bench.name) : isLarge || bench.isLarge !== true,
  );
}

type SharedEngines = ReturnType<typeof createSharedEngines>;

async function runBenches(benches: Bench[], pace: Pace, shared: SharedEngines): Promise<number> {
  let failures = 0;
  for (const bench of benches) {
    const { context, close } = createBenchContext(pace, say, shared.engines);
    try {
      for (const measurement of await bench.run(context)) print(JSON.stringify(measurement));
    } catch (error) {
      failures += 1;
      say(`${bench.name} failed: ${error instanceof Error ? error.stack : String(error)}`);
    } finally {
      await close();
    }
  }
  return failures === 0 ? 0 : 1;
}

/** `npm run bench [-- <name> … --quick --large]`: one JSON line a measurement. */
export async function run(args: string[]): Promise<number> {
  const pace = args.includes('--quick') ? quickPace : usualPace;
  const names = args.filter((arg) => !['--quick', '--large'].includes(arg));
  const benches = chooseBenches(await loadBenches(), names, args.includes('--large'));
  // Every process of the run inherits the mark, so that an interrupted run leaves none behind.
  const mark = randomUUID();
  process.env.DDP_BENCH_RUN = mark;
  const shared = createSharedEngines(say);
  try {
    const interrupted = waitForSignal().then(() => interruptedCode);
    return await Promise.race([runBenches(benches, pace, shared), interrupted]);
  } finally {
    await shared.close();
    for (const pid of findByEnvironment(`DDP_BENCH_RUN=${mark}`)) signal(pid, 'SIGKILL');
  }
}
