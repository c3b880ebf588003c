import { Stop } from '../bootstrap/stop.mjs';

export interface TestOptions {
  containers: boolean;
  node: string | null;
  filters: string[];
}

/** Reads the arguments of `npm test`: our own options, the rest goes to vitest. */
export function readTestOptions(args: string[]): TestOptions {
  const options: TestOptions = { containers: false, node: null, filters: [] };
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '--containers') options.containers = true;
    else if (arg === '--node') {
      options.node = args[index + 1] ?? '';
      index += 1;
    } else if (arg.startsWith('--node=')) options.node = arg.slice('--node='.length);
    else options.filters.push(arg);
  }
  if (options.node !== null && !/^\d+$/.test(options.node)) {
    throw new Stop('--node wants a major version of Node, for example: npm test -- --node 22');
  }
  return options;
}
