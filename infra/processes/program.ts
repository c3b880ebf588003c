import { join } from 'node:path';
import type { ServiceName } from '@ddp/contracts/service-name';
import { paths } from '../bootstrap/paths.mjs';

export type StartableService = ServiceName | 'gateway';

/** A built program of a service, or of the suite, in one file with what it imports. */
export function programOf(service: string, program = 'main'): string {
  return join(paths.root, 'services', service, 'dist', 'bundle', `${program}.js`);
}
