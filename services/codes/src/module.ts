import path from 'node:path';
import type { ServiceModule } from '@ddp/service-kit/module';
import { openService } from '@ddp/service-kit/open-service';
import { readConfig } from './config.ts';
import { onSubjectChanged } from './consumers/subject-changed.ts';
import type { CodesDatabase } from './database.ts';
import { bindRoutes } from './http/routes.ts';
import { codesInvariants } from './store/audit.ts';

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
    const deps = { ...opened.deps, ...config };
    bindRoutes(opened.app, deps);
    return opened.finish({ consumers: [onSubjectChanged(deps)], sweeps: [] });
  },
};
