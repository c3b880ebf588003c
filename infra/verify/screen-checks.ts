import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runQuietly } from '../bootstrap/child.mjs';
import type { Check } from './check.ts';
import { runNodeTool } from './run-tool.ts';

/** What a phone or a desk may load before it shows the first page, compressed, in bytes. */
const firstLoadLimits: Record<string, number> = {
  'services/web-resident': 120_000,
  'services/web-merchant': 120_000,
  'services/web-wall': 260_000,
  'services/web-console': 400_000,
};

function listApps(root: string): string[] {
  return Object.keys(firstLoadLimits).filter((app) => existsSync(join(root, app)));
}

/** Types of the web apps with their templates, which the fast compiler does not read. */
export const screenTypeCheck: Check = {
  name: 'screen types',
  async run(root) {
    const apps = listApps(root);
    const violations: string[] = [];
    for (const app of apps) {
      const args = ['--noEmit', '--pretty', 'false', '-p', join(app, 'tsconfig.json')];
      const { code, stdout, stderr } = await runNodeTool('vue-tsc/bin/vue-tsc.js', args, root);
      const lines = `${stdout}${stderr}`.split('\n').filter((line) => line.trim() !== '');
      if (code !== 0) violations.push(...lines);
    }
    return { seen: `${apps.length} apps`, violations };
  },
};

/** The page itself and whatever it names, compressed, in bytes: what the first visit waits for. */
export function measureFirstLoad(folder: string): number {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const names = [...page.matchAll(/(?:src|href)="[^"]*\/(assets\/[^"]+)"/g)].map(
    ([, name]) => name,
  );
  const files = ['index.html', ...names.map((name) => name ?? '')];
  return files.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
}

/** How much each web app makes its reader load at first, as it is built. */
export const firstLoadCheck: Check = {
  name: 'first loads',
  async run(root) {
    const apps = listApps(root);
    if (apps.length === 0) return { seen: 'no app', violations: [] };
    const turbo = join(root, 'node_modules', '.bin', 'turbo');
    const filters = apps.map((app) => `--filter=./${app}`);
    const args = ['run', 'build', ...filters, '--output-logs=errors-only'];
    const { code, output } = await runQuietly(turbo, args, { cwd: root });
    if (code !== 0) throw new Error(output);
    const sizes = apps.map((app) => ({ app, bytes: measureFirstLoad(join(root, app, 'dist')) }));
    return {
      seen: sizes.map(({ app, bytes }) => `${app} ${Math.round(bytes / 1_000)} KB`).join(', '),
      violations: sizes.flatMap(({ app, bytes }) => {
        const limit = firstLoadLimits[app] ?? 0;
        return bytes > limit ? [`${app} loads ${bytes} bytes at first, over ${limit}`] : [];
      }),
    };
  },
};
