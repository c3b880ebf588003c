import { Stop } from '../bootstrap/stop.mjs';
import { programOf } from '../processes/program.ts';
import { runOnData } from '../start/run-on-data.ts';
import { runTool } from '../start/run-tool.ts';

/**
 * `npm run --silent ledger -- export [after block] > file` writes the public ledger,
 * `npm run ledger -- verify file` verifies one.
 */
export async function run([command, ...args]: string[]): Promise<number> {
  switch (command) {
    case 'export':
      return runOnData(programOf('suite', 'export-ledger'), args);
    case 'verify':
      return runTool('packages/ledger/verify-public-ledger.mjs', args, {});
    default:
      throw new Stop('npm run ledger -- export [after block] | verify <file>');
  }
}
