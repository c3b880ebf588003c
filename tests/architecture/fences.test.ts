import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Check } from '@ddp/infra/verify/check';
import { nameCheck } from '@ddp/infra/verify/name-check';
import { purityCheck } from '@ddp/infra/verify/purity-check';
import { sizeCheck } from '@ddp/infra/verify/size-check';
import { sqlCheck } from '@ddp/infra/verify/sql-check';
import { boundaryCheck, deadCodeCheck, styleCheck, typeCheck } from '@ddp/infra/verify/tool-checks';
import { versionCheck } from '@ddp/infra/verify/version-check';
import { describe, expect, it } from 'vitest';
import { plantTree } from './planted-tree.ts';

const realRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const operation = 'services/one/src/operations/open-post.ts';
const rule = 'services/one/src/domain/post.ts';

function importing(specifier: string): string {
  return `import '${specifier}';\n\nexport function openPost(text: string): string {\n  return text;\n}\n`;
}

function ruleThat(statement: string): string {
  return `export function decidePost(text: string): string {\n  ${statement}\n  return text;\n}\n`;
}

function operationThat(expression: string): string {
  return `export function openPost(db: never): unknown {\n  return ${expression};\n}\n`;
}

async function inspect(check: Check, files: Record<string, string>): Promise<string> {
  const tree = plantTree(files);
  try {
    return (await check.run(tree.root)).violations.join('\n');
  } finally {
    tree.remove();
  }
}

const all: Check[] = [
  styleCheck,
  typeCheck,
  boundaryCheck,
  deadCodeCheck,
  sizeCheck,
  nameCheck,
  purityCheck,
  sqlCheck,
  versionCheck,
];

describe('a clean tree passes', () => {
  it.each(all)('$name finds nothing in it', async (check) => {
    expect(await inspect(check, {})).toBe('');
  });
});

describe('the fences see the tree they stand around', () => {
  it('dependency-cruiser follows the imports of this tree', async () => {
    const { seen } = await boundaryCheck.run(realRoot);
    expect(Number.parseInt(seen, 10)).toBeGreaterThan(100);
  });

  it('the fence of scoped tables reads the migrations of this tree', async () => {
    const { seen } = await sqlCheck.run(realRoot);
    expect(seen).not.toMatch(/ 0 tables/);
  });
});

const boundaries: [string, Record<string, string>, string][] = [
  ['a service importing a service', { [operation]: importing('@ddp/two/module') }, 'no-service'],
  [
    'a service reaching into a service by path',
    { [operation]: importing('../../../two/src/operations/name-two.ts') },
    'no-service-to-service',
  ],
  ['a rule that reads a file', { [rule]: `import 'node:fs';\n${ruleThat('')}` }, 'domain-is-pure'],
  [
    'a rule that knows an operation',
    { [rule]: `import '../operations/open-post.ts';\n${ruleThat('')}` },
    'domain-is-pure',
  ],
  [
    'a cycle',
    {
      [operation]: importing('./close-post.ts'),
      'services/one/src/operations/close-post.ts': importing('./open-post.ts'),
    },
    'no-cycle',
  ],
  [
    'a route that reads the store',
    {
      'services/one/src/http/routes.ts': importing('../store/posts.ts'),
      'services/one/src/store/posts.ts': 'export const posts = 1;\n',
    },
    'edges-reach-operations-only',
  ],
  [
    'a kit that knows a service',
    { 'packages/greetings/src/greet.ts': importing('../../../services/two/src/module.ts') },
    'kits-never-services',
  ],
  ['an import of nothing', { [operation]: importing('./absent.ts') }, 'nothing-unlisted'],
];

describe('boundaries', () => {
  it.each(boundaries)('refuse %s', async (_name, files, expected) => {
    expect(await inspect(boundaryCheck, files)).toContain(expected);
  });
});

const style: [string, Record<string, string>, string][] = [
  ['any', { [operation]: 'export const openPost = (text: any) => text;\n' }, 'noExplicitAny'],
  [
    'process.env outside config.ts',
    { [operation]: operationThat('process.env.HOME') },
    'noProcessEnv',
  ],
  [
    'a promise that nobody waits for',
    { [operation]: `async function work() {\n  return 1;\n}\n\nwork();\n${operationThat('1')}` },
    'noFloatingPromises',
  ],
  ['console in a service', { [operation]: operationThat('console.log(db)') }, 'noConsole'],
  ['a non-null assertion', { [operation]: operationThat('db!') }, 'noNonNullAssertion'],
];

describe('style', () => {
  it.each(style)('refuses %s', async (_name, files, expected) => {
    expect(await inspect(styleCheck, files)).toContain(expected);
  });
});

const others: [string, Check, Record<string, string>, string][] = [
  ['a wrong type', typeCheck, { [operation]: 'export const openPost: string = 1;\n' }, 'TS2322'],
  [
    'an export that nobody uses',
    deadCodeCheck,
    { [rule]: `${ruleThat('')}export const forgotten = 1;\n` },
    'forgotten',
  ],
  ['a file of 401 lines', sizeCheck, { [rule]: '// a line\n'.repeat(401) }, '401 lines'],
  [
    'a function of 71 lines',
    sizeCheck,
    { [rule]: `export function long() {\n${'  // a line\n'.repeat(69)}}\n` },
    'a function of 71 lines',
  ],
  ['a heap of odds and ends', nameCheck, { 'packages/greetings/src/utils.ts': '\n' }, 'utils'],
  ['a barrel', nameCheck, { 'packages/greetings/src/index.ts': '\n' }, 'no barrels'],
  ['an import that ends in .js', nameCheck, { [operation]: importing('./x.js') }, 'ends in .ts'],
  ['a rule with a clock', purityCheck, { [rule]: ruleThat('Date.now();') }, 'Date.now'],
  ['a rule that asks the date', purityCheck, { [rule]: ruleThat('new Date();') }, 'new Date()'],
  [
    'a version outside the catalog',
    versionCheck,
    { 'packages/greetings/package.json': '{"dependencies":{"zod":"^4.0.0"}}\n' },
    'zod ^4.0.0',
  ],
];

describe('the other fences', () => {
  it.each(others)('refuse %s', async (_name, check, files, expected) => {
    expect(await inspect(check, files)).toContain(expected);
  });
});

const reads: [string, string][] = [
  ['selectFrom', "db.selectFrom('one_post').selectAll()"],
  ['selectFrom with an alias', "db.selectFrom('one_post as p').selectAll()"],
  ['selectFrom of several tables', "db.selectFrom(['other', 'one_post'])"],
  ['a join from elsewhere', "db.selectFrom('other').innerJoin('one_post', 'a', 'b')"],
  ['SQL text', 'sql`SELECT 1 FROM one_post`'],
];

describe('tables with an area', () => {
  it.each(reads)('are not read by %s', async (_name, expression) => {
    const files = { [operation]: operationThat(expression) };
    expect(await inspect(sqlCheck, files)).toContain('one_post has an area');
  });

  it('are read, and joined, by selectScoped', async () => {
    const query = "selectScoped(db, 'one_post', scope).innerJoin('one_post as q', 'a', 'b')";
    expect(await inspect(sqlCheck, { [operation]: operationThat(query) })).toBe('');
  });

  it('take no raw SQL', async () => {
    expect(await inspect(sqlCheck, { [operation]: operationThat('sql.raw(db)') })).toContain('raw');
  });
});
