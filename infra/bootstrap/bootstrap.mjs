import { join } from 'node:path';
import { runQuietly } from './child.mjs';
import { ensureInstalled, reinstall } from './install.mjs';
import { withBootstrapLock } from './lock.mjs';
import { paths } from './paths.mjs';
import { ensurePnpm } from './pnpm.mjs';
import { Stop } from './stop.mjs';

function say(line) {
  process.stderr.write(`· ${line}\n`);
}

const missing = /Cannot find (module|package)|ERR_MODULE_NOT_FOUND|ENOENT|command not found/;

function runBuild() {
  const turbo = join(paths.root, 'node_modules', '.bin', 'turbo');
  return runQuietly(turbo, ['run', 'build', '--output-logs=errors-only']);
}

async function buildAll() {
  let result = await runBuild();
  if (result.code !== 0 && missing.test(result.output)) {
    await reinstall(say);
    result = await runBuild();
  }
  if (result.code !== 0) throw new Stop(`The build failed:\n${result.output}`);
}

/** Brings a fresh, a half-installed or an outdated tree to where commands can run. */
export async function bootstrap({ build }) {
  await withBootstrapLock(async () => {
    await ensurePnpm(say);
    await ensureInstalled(say);
    if (build) await buildAll();
  });
}
