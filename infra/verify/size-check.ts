import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { Check } from './check.ts';
import { listFiles, locate, readSourceFiles, type SourceFile, visitNodes } from './source-tree.ts';

const fileLimit = 400;
const functionLimit = 70;

function countLines(file: SourceFile, node: ts.Node): number {
  const start = file.tree.getLineAndCharacterOfPosition(node.getStart(file.tree)).line;
  return file.tree.getLineAndCharacterOfPosition(node.getEnd()).line - start + 1;
}

/** The body of a `describe` is a list of tests, and a file of routes is a table. */
function isExcepted(file: SourceFile, node: ts.Node): boolean {
  if (/\/routes\.tsx?$/.test(file.path)) return true;
  const { parent } = node;
  return ts.isCallExpression(parent) && /^describe\b/.test(parent.expression.getText(file.tree));
}

function isFunction(node: ts.Node): boolean {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

function inspectLength(path: string, text: string): string[] {
  const lines = text.trimEnd().split('\n').length;
  return lines > fileLimit ? [`${path} has ${lines} lines, more than ${fileLimit}`] : [];
}

function inspect(file: SourceFile): string[] {
  const violations = inspectLength(file.path, file.text);
  visitNodes(file, (node) => {
    if (!isFunction(node)) return;
    const length = countLines(file, node);
    if (length <= functionLimit || isExcepted(file, node)) return;
    violations.push(`${locate(file, node)} a function of ${length} lines, over ${functionLimit}`);
  });
  return violations;
}

/** Files and functions that have grown too long to be read at once. */
export const sizeCheck: Check = {
  name: 'sizes',
  async run(root) {
    const files = readSourceFiles(root);
    const templates = listFiles(root).filter((path) => path.endsWith('.vue'));
    const long = templates.flatMap((path) =>
      inspectLength(path, readFileSync(join(root, path), 'utf8')),
    );
    return {
      seen: `${files.length + templates.length} files`,
      violations: [...files.flatMap(inspect), ...long],
    };
  },
};
