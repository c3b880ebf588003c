import ts from 'typescript';
import type { Check } from './check.ts';
import { locate, readSourceFiles, type SourceFile, visitNodes } from './source-tree.ts';

const isDomain = /^(packages|services)\/[^/]+\/src\/domain\//;
const impureCalls = /^(Date\.now|Math\.random|performance\.now|random(UUID|Bytes|Int|FillSync))$/;

function findImpurity(node: ts.Node, tree: ts.SourceFile): string | null {
  if (ts.isCallExpression(node)) {
    const callee = node.expression.getText(tree);
    return impureCalls.test(callee) ? callee : null;
  }
  if (!ts.isNewExpression(node) || node.expression.getText(tree) !== 'Date') return null;
  return (node.arguments?.length ?? 0) === 0 ? 'new Date()' : null;
}

function inspect(file: SourceFile): string[] {
  const violations: string[] = [];
  visitNodes(file, (node) => {
    const found = findImpurity(node, file.tree);
    if (found !== null) {
      violations.push(`${locate(file, node)} ${found} in a rule: pass the time or the value in`);
    }
  });
  return violations;
}

/** Rules get their clock and their random values as arguments. */
export const purityCheck: Check = {
  name: 'pure rules',
  async run(root) {
    const files = readSourceFiles(root).filter(
      ({ path }) => isDomain.test(path) && !/\.test\.tsx?$/.test(path),
    );
    return { seen: `${files.length} files`, violations: files.flatMap(inspect) };
  },
};
