import path from 'node:path';
import type { ServiceModule } from '@ddp/service-kit/module';
import { openService } from '@ddp/service-kit/open-service';
import { readSettings } from './config.ts';
import { onAreaMoved } from './consumers/area-moved.ts';
import { onMerchantAdmitted } from './consumers/merchant-admitted.ts';
import { onPostChanged } from './consumers/post-changed.ts';
import { onProgrammeChanged } from './consumers/programme-changed.ts';
import type { IdentityDatabase } from './database.ts';
import type { IdentityDeps } from './deps.ts';
import { bindRoutes } from './http/routes.ts';
import { createFirstAdministrator } from './operations/create-first-administrator.ts';
import { readIndexKey, refuseUnsafeStart } from './operations/prepare-start.ts';
import { purgeExpired } from './operations/purge-expired.ts';
import { identityInvariants } from './store/audit.ts';
import { createVault } from './vault.ts';

const purgeEveryMs = 600_000;

export const identityModule: ServiceModule = {
  name: 'identity',
  defaultPort: 8081,
  invariants: identityInvariants,
  async create(context) {
    const { host } = context;
    const settings = readSettings(context.environment);
    const opened = await openService<IdentityDatabase>(context, {
      name: 'identity',
      migrationsFolder: path.join(import.meta.dirname, '../migrations'),
    });
    try {
      await refuseUnsafeStart(opened.deps, host, settings);
      const indexKey = await readIndexKey(opened.deps, host.DDP_MASTER_KEY);
      const deps: IdentityDeps = {
        ...opened.deps,
        vault: createVault(host.DDP_MASTER_KEY, indexKey),
        settings,
        hasSecureCookie: settings.IDENTITY_COOKIE_SECURE ?? host.DDP_MODE === 'production',
      };
      await createFirstAdministrator(deps, (line) => process.stdout.write(`${line}\n`));
      bindRoutes(opened.app, deps);
      return opened.finish({
        consumers: [
          onPostChanged(deps),
          onProgrammeChanged(deps),
          onAreaMoved(deps),
          onMerchantAdmitted(deps),
        ],
        sweeps: [{ name: 'purge', everyMs: purgeEveryMs, run: () => purgeExpired(deps) }],
      });
    } catch (error) {
      await opened.finish({ consumers: [], sweeps: [] }).stop();
      throw error;
    }
  },
};
