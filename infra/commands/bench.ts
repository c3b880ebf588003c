import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Bench, createBenchContext, createSharedEngines } from '../bench/context.ts';
import type { Pace } from '../bench/load/load.ts';
import { paths } from '../bootstrap/paths.mjs';
import { Stop } from '../bootstrap/stop.mjs';
import { print, say } from './say.ts';

const usualPace: Pace = { rounds: 5, warmUpMs: 3_000, roundMs: 4_000 };
const quickPace: Pace = { rounds: 3, warmUpMs: 1_000, roundMs: 1_000 };

async function loadBenches(): Promise<Bench[]> {
  const folder = join(paths.root, 'infra', 'bench', 'benches');
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  const modules = files.sort().map(async (file) => {
    const module = (await import(pathToFileURL(join(folder, file)).href)) as { bench: Bench };
    return module.bench;
  });
  return Promise.all(modules);
}

/** `npm run bench [-- <name> … --quick]`: one JSON line a measurement. */
export async function run(args: string[]): Promise<number> {
  const pace = args.includes('--quick') ? quickPace : usualPace;
  const names = args.filter((arg) => arg !== '--quick');
  const benches = await loadBenches();
  const unknown = names.find((name) => !benches.some((bench) => bench.name === name));
  if (unknown !== undefined) {
    const known = benches.map(({ name }) => name).join(', ');
    throw new Stop(`There is no bench ${unknown}; there are: ${known}`);
  }
  const shared = createSharedEngines(say);
  let failures = 0;
  try {
    for (const bench of benches) {
      if (names.length > 0 && !names.includes(bench.name)) continue;
      const { context, close } = createBenchContext(pace, say, shared.engines);
      try {
        print(JSON.stringify(await bench.run(context)));
      } catch (error) {
        failures += 1;
        say(`${bench.name} failed: ${error instanceof Error ? error.stack : String(error)}`);
      } finally {
        await close();
      }
    }
  } finally {
    await shared.close();
  }
  return failures === 0 ? 0 : 1;
}
