import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly } from './child.mjs';
import { paths } from './paths.mjs';
import { Stop } from './stop.mjs';

function wantedVersion() {
  const { packageManager } = JSON.parse(readFileSync(join(paths.root, 'package.json'), 'utf8'));
  return packageManager.split('@')[1];
}

function presentVersion() {
  const manifest = join(paths.tools, 'lib', 'node_modules', 'pnpm', 'package.json');
  if (!existsSync(manifest) || !existsSync(paths.pnpm)) return undefined;
  try {
    return JSON.parse(readFileSync(manifest, 'utf8')).version;
  } catch {
    return undefined;
  }
}

/** Puts the pinned pnpm into .tools by npm: corepack fails where a registry serves no signatures. */
export async function ensurePnpm(say) {
  const wanted = wantedVersion();
  if (presentVersion() === wanted) return;
  say(`fetching pnpm ${wanted}`);
  const result = await runQuietly('npm', [
    'install',
    '--global',
    '--prefix',
    paths.tools,
    '--no-audit',
    '--no-fund',
    `pnpm@${wanted}`,
  ]);
  if (result.code !== 0 || presentVersion() !== wanted) {
    throw new Stop(`pnpm ${wanted} could not be fetched by npm:\n${result.output}`);
  }
}
