import { Stop } from '../bootstrap/stop.mjs';
import { programOf } from '../processes/program.ts';
import { runOnData } from '../start/run-on-data.ts';

/** `npm run volunteering -- rebuild`: writes the statistics anew from the hours, while the suite runs or not. */
export async function run([command, ...args]: string[]): Promise<number> {
  if (command === 'rebuild') return runOnData(programOf('volunteering', 'rebuild'), args);
  throw new Stop('npm run volunteering -- rebuild');
}
