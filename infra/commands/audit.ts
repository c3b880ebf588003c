import { programOf } from '../processes/program.ts';
import { runOnData } from '../start/run-on-data.ts';

/** `npm run audit`: checks the invariants of the data, whether the suite runs or not. */
export function run(args: string[]): Promise<number> {
  return runOnData(programOf('suite', 'audit'), args);
}
