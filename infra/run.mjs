#!/usr/bin/env node
// The one entry of every root command. Plain JavaScript without dependencies, because it runs
// before anything is installed; what follows the bootstrap is TypeScript and runs by tsx.
import { bootstrap } from './bootstrap/bootstrap.mjs';
import { assertNodeVersion } from './bootstrap/node-version.mjs';
import { paths } from './bootstrap/paths.mjs';

const commands = {
  start: { build: true },
  test: { build: true },
  engines: { build: false },
  demo: { build: true },
  verify: { build: false },
  bench: { build: true },
  audit: { build: true },
  ledger: { build: true },
  ratings: { build: true },
  volunteering: { build: true },
  soak: { build: true },
  screens: { build: true },
};

async function main() {
  const [name, ...args] = process.argv.slice(2);
  const command = name === undefined ? undefined : commands[name];
  if (command === undefined) {
    process.stderr.write(`usage: node infra/run.mjs <${Object.keys(commands).join('|')}> [args]\n`);
    return 2;
  }
  assertNodeVersion();
  process.chdir(paths.root);
  const build = command.build && !args.includes('--no-build');
  if (process.env.DDP_BOOTSTRAPPED !== '1') await bootstrap({ build });
  const { register } = await import('tsx/esm/api');
  register();
  const { run } = await import(`./commands/${name}.ts`);
  return run(args.filter((arg) => arg !== '--no-build'));
}

main().then(
  (code) => process.exit(code ?? 0),
  (error) => {
    const expected = error instanceof Error && error.name === 'Stop';
    process.stderr.write(`${expected ? error.message : (error?.stack ?? error)}\n`);
    if (error?.code === 'ERR_MODULE_NOT_FOUND') {
      process.stderr.write('The installed tree is damaged: rm -rf node_modules, and try again.\n');
    }
    process.exit(1);
  },
);
