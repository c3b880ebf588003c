import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const skipped = new Set(['node_modules', 'dist', '.data', '.tools', '.turbo', '.git', '.bench']);
const sourceFolders = ['packages', 'services', 'infra', 'tests'];

/** A source file with its syntax tree; `path` is relative to the root, with slashes. */
export interface SourceFile {
  path: string;
  text: string;
  tree: ts.SourceFile;
}

function* walkFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (skipped.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walkFiles(path);
    else if (entry.isFile()) yield path;
  }
}

/** Every file of the tree that is ours, relative to the root. */
export function listFiles(root: string): string[] {
  return [...walkFiles(root)].map((file) => relative(root, file).replaceAll('\\', '/')).sort();
}

const parsed = new Map<string, SourceFile[]>();

/** Every source file of the four folders that hold code, parsed once a process. */
export function readSourceFiles(root: string): SourceFile[] {
  const files = parsed.get(root) ?? parseSourceFiles(root);
  parsed.set(root, files);
  return files;
}

function parseSourceFiles(root: string): SourceFile[] {
  return listFiles(root)
    .filter((path) => sourceFolders.includes(path.split('/')[0] ?? ''))
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !/\.d\.m?ts$/.test(path))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
      const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true, kind);
      return { path, text, tree };
    });
}

/** Calls the visitor for every node of the file. */
export function visitNodes(file: SourceFile, visit: (node: ts.Node) => void): void {
  const step = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, step);
  };
  step(file.tree);
}

/** `path:line` of a node, as editors open it. */
export function locate(file: SourceFile, node: ts.Node): string {
  const { line } = file.tree.getLineAndCharacterOfPosition(node.getStart(file.tree));
  return `${file.path}:${line + 1}`;
}
