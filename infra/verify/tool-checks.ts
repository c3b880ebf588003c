import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Check } from './check.ts';
import { runNodeTool } from './run-tool.ts';

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** Format and lint, by the rules of biome.json. */
export const styleCheck: Check = {
  name: 'style',
  async run(root) {
    const args = ['check', '--error-on-warnings', '--max-diagnostics=40', '--colors=off', '.'];
    const { code, stdout, stderr } = await runNodeTool('@biomejs/biome/bin/biome', args, root);
    const seen = /Checked (\d+) files/.exec(stdout + stderr)?.[1] ?? '0';
    if (seen === '0') return { seen: 'no files', violations: linesOf(stdout + stderr) };
    return { seen: `${seen} files`, violations: code === 0 ? [] : linesOf(stderr + stdout) };
  },
};

/** Types of the whole tree at once, from the sources, by the fast compiler. */
export const typeCheck: Check = {
  name: 'types',
  async run(root) {
    const args = ['-p', 'tsconfig.json', '--pretty', 'false', '--listFiles'];
    const { code, stdout, stderr } = await runNodeTool('tsn/bin/tsc', args, root);
    const isListed = (line: string) => isAbsolute(line) && !/: error TS/.test(line);
    const lines = linesOf(stdout);
    const own = lines.filter((line) => isListed(line) && !line.includes('node_modules'));
    const errors = [...lines.filter((line) => !isListed(line)), ...linesOf(stderr)];
    const violations = code === 0 ? [] : errors;
    if (own.length === 0) violations.push('the compiler saw no file');
    return { seen: `${own.length} files`, violations };
  },
};

interface CruiseSummary {
  totalCruised: number;
  violations: { from: string; to: string; rule: { name: string; severity: string } }[];
}

/** Who imports whom, by the rules of .dependency-cruiser.cjs. */
export const boundaryCheck: Check = {
  name: 'boundaries',
  async run(root) {
    const folders = ['packages', 'services', 'infra', 'tests'].filter((folder) =>
      existsSync(join(root, folder)),
    );
    const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders];
    const tool = 'dependency-cruiser/bin/dependency-cruise.mjs';
    const { stdout, stderr } = await runNodeTool(tool, args, root);
    if (stdout === '') throw new Error(stderr);
    const { summary } = JSON.parse(stdout) as { summary: CruiseSummary };
    const violations = summary.violations.map(
      ({ rule, from, to }) => `${rule.name}: ${from} → ${to}`,
    );
    // Under a compiler it does not know, this tool passes on an empty graph.
    if (summary.totalCruised === 0) violations.push('dependency-cruiser saw no module');
    return { seen: `${summary.totalCruised} modules`, violations };
  },
};

/** Exports, files and dependencies that nobody uses. */
export const deadCodeCheck: Check = {
  name: 'dead code',
  async run(root) {
    const args = ['--no-progress', '--reporter', 'compact', '--no-config-hints'];
    const { code, stdout, stderr } = await runNodeTool('knip/bin/knip.js', args, root);
    if (code > 1) throw new Error(stderr || stdout);
    return { seen: 'workspaces', violations: code === 0 ? [] : linesOf(stdout) };
  },
};
