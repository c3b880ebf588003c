import path from 'node:path';
import type { ServiceModule } from '@ddp/service-kit/module';
import { openService } from '@ddp/service-kit/open-service';
import { readConfig } from './config.ts';
import { onSubjectChanged } from './consumers/subject-changed.ts';
import type { CodesDatabase } from './database.ts';
import type { CodesDeps } from './deps.ts';
import { bindRoutes } from './http/routes.ts';
import { createScans } from './operations/find-scan.ts';
import { purgeCodes } from './operations/purge-codes.ts';
import { codesInvariants } from './store/audit.ts';

const purgeEveryMs = 60_000;

export const codesModule: ServiceModule = {
  name: 'codes',
  defaultPort: 8083,
  invariants: codesInvariants,
  async create(context) {
    const config = readConfig(context.environment);
    const opened = await openService<CodesDatabase>(context, {
      name: 'codes',
      migrationsFolder: path.join(import.meta.dirname, '../migrations'),
    });
    const deps: CodesDeps = {
      ...opened.deps,
      publicUrl: config.publicUrl,
      scans: createScans(opened.deps, config.scanCacheSize),
    };
    bindRoutes(opened.app, deps);
    return opened.finish({
      consumers: [onSubjectChanged(deps)],
      sweeps: [{ name: 'purge', everyMs: purgeEveryMs, run: () => purgeCodes(deps) }],
    });
  },
};
