import path from 'node:path';
import type { ServiceModule } from '@ddp/service-kit/module';
import { openService } from '@ddp/service-kit/open-service';
import { onPersonErased } from './consumers/person-erased.ts';
import type { DirectoryDatabase } from './database.ts';
import { bindRoutes } from './http/routes.ts';
import { directoryInvariants } from './store/audit.ts';

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
    return finish({ consumers: [onPersonErased(deps)], sweeps: [] });
  },
};
