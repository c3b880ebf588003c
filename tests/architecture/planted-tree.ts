import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const realRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const configuration = [
  '.dependency-cruiser.cjs',
  'biome.json',
  'knip.json',
  'tsconfig.json',
  'tsconfig.base.json',
];

function manifest(name: string, more: Record<string, unknown>): string {
  return `${JSON.stringify({ name, version: '0.1.0', private: true, type: 'module', ...more }, null, 2)}\n`;
}

const kitExports = { './*': { 'ddp-source': './src/*.ts', default: './dist/*.js' } };
const serviceExports = { './module': { 'ddp-source': './src/module.ts' } };
const kit = { '@ddp/greetings': 'workspace:*' };

/** A tree of one package and two services that no fence complains of. */
const cleanFiles: Record<string, string> = {
  'package.json': manifest('planted', {}),
  'pnpm-workspace.yaml': 'packages:\n  - packages/*\n  - services/*\n',
  'packages/greetings/package.json': manifest('@ddp/greetings', { exports: kitExports }),
  'packages/greetings/README.md': '# Greetings\n',
  'packages/greetings/src/greet.ts':
    '/** Greets by name. */\nexport function greet(name: string): string {\n  return name.trim();\n}\n',
  'services/one/package.json': manifest('@ddp/one', { exports: serviceExports, dependencies: kit }),
  'services/one/README.md': '# One\n',
  'services/one/migrations/0001_create_post.ts':
    "export const statement = 'CREATE TABLE IF NOT EXISTS one_post (id INT, area_path VARCHAR(64))';\n",
  'services/one/src/module.ts':
    "import { statement } from '../migrations/0001_create_post.ts';\nimport { openPost } from './operations/open-post.ts';\n\nopenPost(statement);\n",
  'services/one/src/operations/open-post.ts':
    "import { greet } from '@ddp/greetings/greet';\nimport { decidePost } from '../domain/post.ts';\n\nexport function openPost(name: string): string {\n  return decidePost(greet(name));\n}\n",
  'services/one/src/domain/post.ts':
    'export function decidePost(text: string): string {\n  return text.trim();\n}\n',
  'services/two/package.json': manifest('@ddp/two', { exports: serviceExports }),
  'services/two/README.md': '# Two\n',
  'services/two/src/module.ts':
    "import { nameTwo } from './operations/name-two.ts';\n\nnameTwo();\n",
  'services/two/src/operations/name-two.ts':
    "export function nameTwo(): string {\n  return 'two';\n}\n",
};

/** A small tree in a temporary folder, with the real rules and the real tools. */
export interface PlantedTree {
  root: string;
  remove(): void;
}

/** Writes the clean tree, with these files added to it or in place of its own. */
export function plantTree(files: Record<string, string> = {}): PlantedTree {
  const root = mkdtempSync(join(tmpdir(), 'ddp-fences-'));
  for (const name of configuration) cpSync(join(realRoot, name), join(root, name));
  for (const [name, text] of Object.entries({ ...cleanFiles, ...files })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  symlinkSync(join(realRoot, 'node_modules'), join(root, 'node_modules'));
  const links = join(root, 'services', 'one', 'node_modules', '@ddp');
  mkdirSync(links, { recursive: true });
  symlinkSync(join(root, 'packages', 'greetings'), join(links, 'greetings'));
  symlinkSync(join(root, 'services', 'two'), join(links, 'two'));
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
