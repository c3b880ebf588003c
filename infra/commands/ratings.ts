import { Stop } from '../bootstrap/stop.mjs';
import { programOf } from '../processes/program.ts';
import { runOnData } from '../start/run-on-data.ts';

/** `npm run ratings -- rebuild`: writes the counters of the ratings anew, while the suite runs or not. */
export async function run([command, ...args]: string[]): Promise<number> {
  if (command === 'rebuild') return runOnData(programOf('ratings', 'rebuild'), args);
  throw new Stop('npm run ratings -- rebuild');
}
