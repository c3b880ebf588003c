import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from '../bootstrap/paths.mjs';
import { say } from './say.ts';
import { run as runTests } from './test.ts';

/** `npm run screens`: a picture of every page in every look, in `.screens`, by its tests. */
export async function run(args: string[]): Promise<number> {
  const folder = join(paths.root, '.screens');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  process.env.DDP_PICTURES = folder;
  const code = await runTests(['tests/screens', ...args]);
  say(`pictures lie in ${folder}`);
  return code;
}
