import path from 'node:path';
import type { ServiceModule } from '@ddp/service-kit/module';
import { openService } from '@ddp/service-kit/open-service';
import { onPersonErased } from './consumers/person-erased.ts';
import { onPostChanged } from './consumers/post-changed.ts';
import type { RatingsDatabase } from './database.ts';
import { bindRoutes } from './http/routes.ts';
import { bindPages } from './pages/bind-pages.tsx';
import { ratingsInvariants } from './store/audit.ts';

export const ratingsModule: ServiceModule = {
  name: 'ratings',
  defaultPort: 8084,
  invariants: ratingsInvariants,
  async create(context) {
    const { app, deps, finish } = await openService<RatingsDatabase>(context, {
      name: 'ratings',
      migrationsFolder: path.join(import.meta.dirname, '../migrations'),
    });
    bindRoutes(app, deps);
    bindPages(app, deps);
    return finish({ consumers: [onPostChanged(deps), onPersonErased(deps)], sweeps: [] });
  },
};
