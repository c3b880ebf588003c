import path from 'node:path';
import { createCommitGroup } from '@ddp/db-kit/group-commit';
import { createReadGroup } from '@ddp/db-kit/read-group';
import { transact } from '@ddp/db-kit/transact';
import { applyChains } from '@ddp/ledger/apply-chains';
import type { Ledger, SqlTransaction } from '@ddp/ledger/ledger';
import { listAccounts } from '@ddp/ledger/read-accounts';
import type { HostConfig } from '@ddp/service-kit/config';
import type { ServiceModule } from '@ddp/service-kit/module';
import { openService, type ServiceDeps } from '@ddp/service-kit/open-service';
import { type LedgerSettings, readLedgerSettings } from './config.ts';
import { onPersonErased } from './consumers/person-erased.ts';
import { onRatingSubmitted } from './consumers/rating-submitted.ts';
import type { PointsDatabase } from './database.ts';
import type { LedgerGroup, PointsDeps } from './deps.ts';
import { bindRoutes } from './http/routes.ts';
import { expireHolds } from './operations/end-hold.ts';
import { expireLots } from './operations/expire-lots.ts';
import { matureAwards } from './operations/mature-awards.ts';
import { pointsInvariants } from './store/audit.ts';

/** What a service waits for another's answer. */
const callerPatienceMs = 5_000;

/** A statement over more accounts would be cut in two. */
const readGroupLimits = { maxSize: 500, maxQueue: 10_000 };

/** Ten seconds at the usual scale. */
const sweepEvery = (host: HostConfig) => Math.max(500, 10_000 * host.DDP_INTERVAL_SCALE);

export const pointsModule: ServiceModule = {
  name: 'points',
  defaultPort: 8085,
  invariants: pointsInvariants,
  async create(context) {
    const settings = readLedgerSettings(context.environment);
    const { app, deps, finish } = await openService<PointsDatabase>(context, {
      name: 'points',
      migrationsFolder: path.join(import.meta.dirname, '../migrations'),
    });
    const ledger = { prefix: 'points_ledger', clock: context.clock };
    const ledgerGroup = createLedgerGroup(deps, ledger, settings);
    const readLedgerAccount = createReadGroup({
      ...readGroupLimits,
      read: (ids) => listAccounts(deps.store.db, ledger, ids),
    });
    const parts = { ledger, ledgerGroup, readLedgerAccount, accountCodes: new Map() };
    const own: PointsDeps = { ...deps, ...parts };
    bindRoutes(app, own);
    const everyMs = sweepEvery(context.host);
    const running = finish({
      consumers: [onRatingSubmitted(own), onPersonErased(own)],
      sweeps: [
        { name: 'mature-awards', everyMs, run: () => matureAwards(own) },
        { name: 'expire-holds', everyMs, run: () => expireHolds(own) },
        { name: 'expire-lots', everyMs, run: () => expireLots(own) },
      ],
    });
    return {
      ...running,
      async stop() {
        await ledgerGroup.drain();
        await running.stop();
      },
    };
  },
};

function createLedgerGroup(
  { store }: ServiceDeps<PointsDatabase>,
  ledger: Ledger,
  settings: LedgerSettings,
): LedgerGroup {
  return createCommitGroup({
    maxSize: settings.LEDGER_GROUP_MAX,
    maxQueue: settings.LEDGER_QUEUE_MAX,
    maxWaitMs: callerPatienceMs,
    sizeOf: (chains) => chains.reduce((sum, chain) => sum + chain.length, 0),
    run: async (commands) => {
      // The transfers' own ids decide a repeat.
      const apply = (tx: SqlTransaction) => applyChains(tx, ledger, commands.flat());
      const verdicts = await transact(store.db, apply, { isRepeatable: true });
      const rest = verdicts.values();
      return commands.map((chains) => chains.flatMap(() => rest.next().value ?? []));
    },
  });
}
