import path from 'node:path';
import type { ServiceModule } from '@ddp/service-kit/module';
import { openService } from '@ddp/service-kit/open-service';
import { readConfig } from './config.ts';
import { onAreaMoved } from './consumers/area-moved.ts';
import { onBatchRequested } from './consumers/batch-requested.ts';
import { onPersonErased } from './consumers/person-erased.ts';
import { onPrintRequested } from './consumers/print-requested.ts';
import { onSubjectChanged } from './consumers/subject-changed.ts';
import type { CodesDatabase } from './database.ts';
import type { CodesDeps } from './deps.ts';
import { bindCardRoutes } from './http/card-routes.ts';
import { bindPrintRoutes } from './http/print-routes.ts';
import { bindRoutes } from './http/routes.ts';
import { openScanCounter } from './operations/count-scans.ts';
import { createScans } from './operations/find-scan.ts';
import { purgeCodes } from './operations/purge-codes.ts';
import { createPlaceKeys } from './place-keys.ts';
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
      scanCounter: openScanCounter(opened.deps),
      placeKeys: createPlaceKeys(context.host.DDP_MASTER_KEY),
    };
    bindRoutes(opened.app, deps);
    bindPrintRoutes(opened.app, deps);
    bindCardRoutes(opened.app, deps);
    const running = opened.finish({
      consumers: [
        onSubjectChanged(deps),
        onAreaMoved(deps),
        onPersonErased(deps),
        onBatchRequested(deps),
        onPrintRequested(deps),
      ],
      sweeps: [{ name: 'purge', everyMs: purgeEveryMs, run: () => purgeCodes(deps) }],
    });
    return {
      ...running,
      async stop() {
        await deps.scanCounter.stop();
        await running.stop();
      },
    };
  },
};
