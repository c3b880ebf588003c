import { Stop } from '../bootstrap/stop.mjs';
import { runOnData } from '../start/run-on-data.ts';

/** `npm run volunteering -- rebuild`: writes the statistics anew from the hours, while the suite runs or not. */
export async function run([command, ...args]: string[]): Promise<number> {
  if (command === 'rebuild') return runOnData('services/volunteering/dist/src/rebuild.js', args);
  throw new Stop('npm run volunteering -- rebuild');
}
