import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check.ts';
import { listFiles } from './source-tree.ts';

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

function inspectManifest(root: string, path: string): string[] {
  const manifest = JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest;
  const { dependencies, devDependencies, peerDependencies, optionalDependencies } = manifest;
  const all = { ...dependencies, ...devDependencies, ...peerDependencies, ...optionalDependencies };
  return Object.entries(all)
    .filter(([, version]) => version !== 'catalog:' && version !== 'workspace:*')
    .map(([name, version]) => `${path}: ${name} ${version}; versions stand in the catalog alone`);
}

function inspectCatalog(root: string): string[] {
  const lines = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8').split('\n');
  const start = lines.findIndex((line) => line.startsWith('catalog:'));
  const violations: string[] = [];
  for (const line of lines.slice(start + 1)) {
    const entry = /^ {2}"?([^":]+)"?: (.+)$/.exec(line);
    if (entry === null) break;
    const version = (entry[2] ?? '').replace(/^npm:.+@/, '');
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
      violations.push(`pnpm-workspace.yaml: ${entry[1]} ${entry[2]} is not an exact version`);
    }
  }
  return violations;
}

/** One place for versions, each of them exact. */
export const versionCheck: Check = {
  name: 'versions',
  async run(root) {
    const manifests = listFiles(root).filter((path) => /(^|\/)package\.json$/.test(path));
    const violations = manifests.flatMap((path) => inspectManifest(root, path));
    return {
      seen: `${manifests.length} manifests`,
      violations: [...violations, ...inspectCatalog(root)],
    };
  },
};
