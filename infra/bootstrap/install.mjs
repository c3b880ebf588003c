import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly } from './child.mjs';
import { paths } from './paths.mjs';
import { Stop } from './stop.mjs';

function workspaceFolders() {
  const nested = ['packages', 'services'].flatMap((parent) =>
    existsSync(join(paths.root, parent))
      ? readdirSync(join(paths.root, parent), { withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .map((entry) => join(paths.root, parent, entry.name))
      : [],
  );
  return [paths.root, join(paths.root, 'infra'), join(paths.root, 'tests'), ...nested.sort()];
}

function fingerprint() {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0] ?? '');
  const manifests = workspaceFolders().map((folder) => join(folder, 'package.json'));
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml'].map((name) => join(paths.root, name));
  for (const file of [...files, ...manifests]) {
    if (existsSync(file)) hash.update(file.slice(paths.root.length)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function isInstalled(wanted) {
  if (!existsSync(paths.marker) || readFileSync(paths.marker, 'utf8') !== wanted) return false;
  return existsSync(join(paths.root, 'node_modules', 'tsx', 'package.json'));
}

/** Whether every package that a manifest names is there; pnpm itself looks at its own notes alone. */
function isWhole() {
  return workspaceFolders()
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .every((folder) => {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
      return names.every((name) => existsSync(join(folder, 'node_modules', name, 'package.json')));
    });
}

function install() {
  return runQuietly(process.execPath, [
    join(paths.tools, 'lib', 'node_modules', 'pnpm', 'bin', 'pnpm.cjs'),
    'install',
    '--frozen-lockfile',
    '--config.confirmModulesPurge=false',
  ]);
}

function removeInstalled() {
  for (const folder of workspaceFolders()) {
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  }
}

/**
 * Installs what the lock file says, only when something changed since the last whole install. The
 * marker is removed first and written last, so a killed install is never taken for a whole one.
 */
export async function ensureInstalled(say) {
  const wanted = fingerprint();
  if (!isInstalled(wanted)) await installAll(say, wanted);
  else if (!isWhole()) await reinstall(say);
}

/** Removes what is installed and installs it again: for a tree that somebody damaged. */
export async function reinstall(say) {
  say('the installed tree is damaged: removing it and installing again');
  removeInstalled();
  await installAll(say, fingerprint());
}

async function installAll(say, wanted) {
  rmSync(paths.marker, { force: true });
  say('installing dependencies');
  let result = await install();
  if (result.code !== 0 && !result.output.includes('ERR_PNPM_OUTDATED_LOCKFILE')) {
    say('the installed tree is damaged: removing it and installing again');
    removeInstalled();
    result = await install();
  }
  if (result.code !== 0) throw new Stop(`pnpm install failed:\n${result.output}`);
  writeFileSync(paths.marker, wanted);
}
