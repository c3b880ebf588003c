import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from '../bootstrap/paths.mjs';
import { Stop } from '../bootstrap/stop.mjs';
import { runTool } from '../start/run-tool.ts';

/** `npm run soak -- <name>`: a long campaign, with engines of its own. */
export async function run(args: string[]): Promise<number> {
  const [name = '', ...rest] = args;
  const folder = join(paths.root, 'infra', 'soak');
  const names = existsSync(folder)
    ? readdirSync(folder).flatMap((file) => /^([a-z-]+)\.ts$/.exec(file)?.slice(1) ?? [])
    : [];
  if (!names.includes(name)) {
    throw new Stop(`npm run soak -- <name>; there is: ${names.join(', ') || 'none yet'}`);
  }
  return runTool(`infra/soak/${name}.ts`, rest, {});
}
