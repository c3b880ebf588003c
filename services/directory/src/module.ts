import path from 'node:path';
import type { HostConfig } from '@ddp/service-kit/config';
import type { ServiceModule } from '@ddp/service-kit/module';
import { openService } from '@ddp/service-kit/open-service';
import { onPersonErased } from './consumers/person-erased.ts';
import type { DirectoryDatabase } from './database.ts';
import { bindRoutes } from './http/routes.ts';
import { followRelocation } from './operations/follow-relocation.ts';
import { tellExpiries } from './operations/tell-expiries.ts';
import { directoryInvariants } from './store/audit.ts';

const sweepEvery = (host: HostConfig, seconds: number) =>
  Math.max(500, seconds * 1_000 * host.DDP_INTERVAL_SCALE);

export const directoryModule: ServiceModule = {
  name: 'directory',
  defaultPort: 8082,
  invariants: directoryInvariants,
  async create(context) {
    const { app, deps, finish } = await openService<DirectoryDatabase>(context, {
      name: 'directory',
      migrationsFolder: path.join(import.meta.dirname, '../migrations'),
    });
    bindRoutes(app, deps);
    return finish({
      consumers: [onPersonErased(deps)],
      sweeps: [
        {
          name: 'follow-relocation',
          everyMs: sweepEvery(context.host, 5),
          run: () => followRelocation(deps),
        },
        {
          name: 'tell-expiries',
          everyMs: sweepEvery(context.host, 60),
          run: () => tellExpiries(deps),
        },
      ],
    });
  },
};
