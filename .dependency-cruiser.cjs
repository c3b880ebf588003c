// Who may import whom; the directions are those of the architecture page, and no others.
const tests = '\\.test\\.tsx?$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-service-to-service',
      comment: 'Services talk by contract calls and events. Only the suite puts them together.',
      severity: 'error',
      from: { path: '^services/(?!suite/)([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'suite-mounts-modules-only',
      severity: 'error',
      from: { path: '^services/suite/' },
      to: { path: '^services/(?!suite/)', pathNot: '^services/[^/]+/src/module\\.ts$' },
    },
    {
      name: 'domain-is-pure',
      comment: 'Rules know themselves, value types of the contracts, civil dates, and hashes.',
      severity: 'error',
      from: { path: '^((?:services|packages)/[^/]+)/src/domain/', pathNot: tests },
      to: { pathNot: ['^$1/src/domain/', '^packages/(contracts|calendar)/src/', '^crypto$'] },
    },
    {
      name: 'edges-reach-operations-only',
      severity: 'error',
      from: { path: '^services/([^/]+)/src/(http|consumers|jobs)/' },
      to: { path: '^services/$1/src/(store|domain)/' },
    },
    {
      name: 'store-only-from-operations',
      severity: 'error',
      from: {
        path: '^services/([^/]+)/src/',
        pathNot: [
          '^services/[^/]+/src/(store|operations)/',
          '^services/[^/]+/src/(module|audit)\\.ts$',
          tests,
        ],
      },
      to: { path: '^services/$1/src/store/' },
    },
    {
      name: 'kits-never-services',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^services/' },
    },
    {
      name: 'contracts-need-zod-alone',
      severity: 'error',
      from: { path: '^packages/contracts/src/', pathNot: tests },
      to: { pathNot: ['^packages/contracts/src/', 'node_modules/zod/'] },
    },
    {
      name: 'product-never-imports-its-surroundings',
      severity: 'error',
      from: { path: '^(packages|services)/', pathNot: [tests, '^services/[^/]+/test/'] },
      to: { path: '^(infra|tests)/' },
    },
    {
      name: 'no-test-kit-in-product',
      severity: 'error',
      from: {
        path: '^(packages/(?!testing/)|services/)',
        pathNot: [tests, '^services/[^/]+/test/'],
      },
      to: { path: '^packages/testing/' },
    },
    {
      name: 'nothing-unlisted',
      comment: 'Every import resolves, and its package stands in the package.json of the importer.',
      severity: 'error',
      from: {},
      // What Vite makes the address of a file is not a module; its build says whether it is there.
      to: { couldNotResolve: true, pathNot: '\\?url$' },
    },
    {
      name: 'no-unlisted-package',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['ddp-source', 'types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.d.mts', '.mjs', '.js', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
