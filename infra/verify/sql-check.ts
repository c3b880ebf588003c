import ts from 'typescript';
import type { Check } from './check.ts';
import { locate, readSourceFiles, type SourceFile, visitNodes } from './source-tree.ts';

const readers = /^(selectFrom|(inner|left|right|full|cross|straight)Join|(inner|left)JoinLateral)$/;
const rawSql = /^sql\.(lit|raw|literal)$/;

/** Tables that a migration of the service gives an `area_path`. */
export function findScopedTables(migrations: readonly SourceFile[]): Set<string> {
  const tables = new Set<string>();
  for (const { text } of migrations) {
    if (!/\barea_path\b/.test(text)) continue;
    const named =
      /(?:CREATE TABLE(?: IF NOT EXISTS)?|ALTER TABLE)\s+`?(\w+)|(?:create|alter)Table\(\s*'(\w+)'/g;
    for (const match of text.matchAll(named)) tables.add(match[1] ?? match[2] ?? '');
  }
  return tables;
}

/** The expression at the far left of a chain of calls: `a` of `a(…).b(…).c(…)`, with its call. */
function rootOf(node: ts.Expression): ts.Expression {
  if (ts.isPropertyAccessExpression(node)) return rootOf(node.expression);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    return rootOf(node.expression);
  }
  return node;
}

function isScopedCall(node: ts.Expression | undefined): boolean {
  if (node === undefined) return false;
  const root = rootOf(node);
  return ts.isCallExpression(root) && root.expression.getText() === 'selectScoped';
}

/** Names of variables that hold a query begun by `selectScoped`. */
function findScopedVariables(file: SourceFile): Set<string> {
  const names = new Set<string>();
  visitNodes(file, (node) => {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name)) return;
    if (isScopedCall(node.initializer)) names.add(node.name.text);
  });
  return names;
}

function tablesNamedIn(argument: ts.Node | undefined): string[] {
  if (argument === undefined) return [];
  if (ts.isStringLiteralLike(argument)) return [argument.text.split(/\s/)[0] ?? ''];
  return ts.isArrayLiteralExpression(argument) ? argument.elements.flatMap(tablesNamedIn) : [];
}

function findRawReads(file: SourceFile, scoped: Set<string>): string[] {
  const variables = findScopedVariables(file);
  const violations: string[] = [];
  visitNodes(file, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    const method = node.expression.name.text;
    if (!readers.test(method)) return;
    const start = rootOf(node.expression.expression);
    const begunScoped =
      isScopedCall(node.expression.expression) ||
      (ts.isIdentifier(start) && variables.has(start.text));
    if (begunScoped && method !== 'selectFrom') return;
    for (const table of tablesNamedIn(node.arguments[0])) {
      if (!scoped.has(table)) continue;
      violations.push(`${locate(file, node)} ${table} has an area: read it by selectScoped`);
    }
  });
  return violations;
}

function findRawSql(file: SourceFile, scoped: Set<string>): string[] {
  const violations: string[] = [];
  visitNodes(file, (node) => {
    if (ts.isPropertyAccessExpression(node) && rawSql.test(node.getText(file.tree))) {
      violations.push(`${locate(file, node)} ${node.getText(file.tree)} escapes nothing`);
    }
    if (!ts.isTaggedTemplateExpression(node) || !/^sql\b/.test(node.tag.getText(file.tree))) return;
    for (const match of node.template.getText(file.tree).matchAll(/\b(?:FROM|JOIN)\s+`?(\w+)/gi)) {
      if (!scoped.has(match[1] ?? '')) continue;
      violations.push(`${locate(file, node)} ${match[1]} has an area: read it by selectScoped`);
    }
  });
  return violations;
}

/** Rows that belong to an area are read through the one scoped query; no SQL escapes the binding. */
export const sqlCheck: Check = {
  name: 'scoped SQL',
  async run(root) {
    const files = readSourceFiles(root).filter(({ path }) => path.startsWith('services/'));
    const migrations = files.filter(({ path }) => /^services\/[^/]+\/migrations\//.test(path));
    const scoped = findScopedTables(migrations);
    const sources = files.filter(({ path }) => /^services\/[^/]+\/src\//.test(path));
    const violations = sources.flatMap((file) => [
      ...findRawReads(file, scoped),
      ...findRawSql(file, scoped),
    ]);
    return { seen: `${sources.length} files, ${scoped.size} tables with an area`, violations };
  },
};
