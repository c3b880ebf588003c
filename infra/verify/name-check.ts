import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check.ts';
import { listFiles, readSourceFiles } from './source-tree.ts';

const bannedNames = ['utils', 'util', 'common', 'shared', 'core', 'helpers', 'helper', 'misc'];
const bannedFiles = ['types.ts', 'index.ts'];
const readmeLimit = 100;
// Written apart so that this file does not name itself.
const unfinished = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|')})\\b`);

function inspectPath(path: string): string[] {
  const parts = path.split('/');
  const stems = parts.map((part) => part.split('.')[0] ?? '');
  const banned = stems.find((stem) => bannedNames.includes(stem));
  const violations =
    banned === undefined ? [] : [`${path}: ${banned} says nothing, name the thing`];
  const inProduct = parts[0] === 'packages' || parts[0] === 'services';
  if (inProduct && bannedFiles.includes(parts.at(-1) ?? '')) {
    violations.push(`${path}: no barrels and no heap of types`);
  }
  return violations;
}

function inspectReadmes(root: string): string[] {
  const folders = ['packages', 'services'].flatMap((parent) =>
    existsSync(join(root, parent))
      ? readdirSync(join(root, parent)).map((name) => join(parent, name))
      : [],
  );
  return folders.flatMap((folder) => {
    if (!existsSync(join(root, folder, 'package.json'))) return [];
    const file = join(root, folder, 'README.md');
    if (!existsSync(file)) return [`${folder} has no README.md`];
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n').length;
    return lines > readmeLimit ? [`${folder}/README.md has ${lines} lines, over a page`] : [];
  });
}

function inspectText(root: string): string[] {
  return readSourceFiles(root).flatMap(({ path, text }) => {
    const violations: string[] = [];
    for (const [index, line] of text.split('\n').entries()) {
      if (unfinished.test(line)) violations.push(`${path}:${index + 1} unfinished: ${line.trim()}`);
      const from = /(?:from|import) '(\.{1,2}\/[^']*)'/.exec(line)?.[1];
      if (from !== undefined && !/\.(tsx?|vue|mjs|json)$/.test(from)) {
        violations.push(`${path}:${index + 1} a relative import ends in .ts: ${from}`);
      }
    }
    return violations;
  });
}

/** Names that say nothing, missing READMEs, unfinished work. */
export const nameCheck: Check = {
  name: 'names',
  async run(root) {
    const files = listFiles(root);
    const violations = [
      ...files.flatMap(inspectPath),
      ...inspectReadmes(root),
      ...inspectText(root),
    ];
    return { seen: `${files.length} files`, violations };
  },
};
