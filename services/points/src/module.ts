import path from 'node:path';
import { createCommitGroup } from '@ddp/db-kit/group-commit';
import { createReadGroup } from '@ddp/db-kit/read-group';
import { transact } from '@ddp/db-kit/transact';
import { applyChains } from '@ddp/ledger/apply-chains';
import type { Ledger, SqlTransaction } from '@ddp/ledger/ledger';
import { listAccounts } from '@ddp/ledger/read-accounts';
import type { Sweep } from '@ddp/queue-kit/consumer';
import type { HostConfig } from '@ddp/service-kit/config';
import type { ModuleContext, ServiceModule } from '@ddp/service-kit/module';
import { openService, type ServiceDeps } from '@ddp/service-kit/open-service';
import { type PointsSettings, readPointsSettings } from './config.ts';
import { onAreaMoved } from './consumers/area-moved.ts';
import { onEntryClosed } from './consumers/entry-closed.ts';
import { onEntryPosted } from './consumers/entry-posted.ts';
import { onFundingChanged } from './consumers/funding-changed.ts';
import { onHoursCorrected } from './consumers/hours-corrected.ts';
import { onHoursVerified } from './consumers/hours-verified.ts';
import { onObjectionAnswered } from './consumers/objection-answered.ts';
import { onObjectionSubmitted } from './consumers/objection-submitted.ts';
import { onPersonErased } from './consumers/person-erased.ts';
import { onRatingLeftOut } from './consumers/rating-left-out.ts';
import { onRatingRestored } from './consumers/rating-restored.ts';
import { onRatingSubmitted } from './consumers/rating-submitted.ts';
import { onRatingWithdrawn } from './consumers/rating-withdrawn.ts';
import { onRatingsCleared } from './consumers/ratings-cleared.ts';
import { onRatingsListed } from './consumers/ratings-listed.ts';
import type { PointsDatabase } from './database.ts';
import type { LedgerGroup, PointsDeps } from './deps.ts';
import { bindRoutes } from './http/routes.ts';
import { anchorHead } from './operations/anchor-head.ts';
import { checkpointAccounts } from './operations/checkpoint-accounts.ts';
import { expireHolds } from './operations/end-hold.ts';
import { expireLedgerHolds } from './operations/expire-ledger-holds.ts';
import { expireLots } from './operations/expire-lots.ts';
import { matureAwards } from './operations/mature-awards.ts';
import { reverseDue } from './operations/reverse-due.ts';
import { pointsInvariants } from './store/audit.ts';

/** What a service waits for another's answer. */
const callerPatienceMs = 5_000;

/** A statement over more accounts would be cut in two. */
const readGroupLimits = { maxSize: 500, maxQueue: 10_000 };

const sweepEvery = (host: HostConfig, seconds: number) =>
  Math.max(500, seconds * 1_000 * host.DDP_INTERVAL_SCALE);

export const pointsModule: ServiceModule = {
  name: 'points',
  defaultPort: 8085,
  invariants: pointsInvariants,
  async create(context) {
    const settings = readPointsSettings(context.environment);
    const { app, deps, finish } = await openService<PointsDatabase>(context, {
      name: 'points',
      migrationsFolder: path.join(import.meta.dirname, '../migrations'),
    });
    const own = createOwnDeps(deps, context, settings);
    bindRoutes(app, own);
    const everyMs = sweepEvery(context.host, 10);
    const running = finish({
      consumers: [
        onRatingSubmitted(own),
        onRatingWithdrawn(own),
        onRatingLeftOut(own),
        onRatingRestored(own),
        onRatingsListed(own),
        onRatingsCleared(own),
        onPersonErased(own),
        onEntryPosted(own),
        onObjectionSubmitted(own),
        onObjectionAnswered(own),
        onEntryClosed(own),
        onFundingChanged(own),
        onHoursVerified(own),
        onHoursCorrected(own),
        onAreaMoved(own),
      ],
      sweeps: [
        { name: 'mature-awards', everyMs, run: () => matureAwards(own) },
        { name: 'expire-holds', everyMs, run: () => expireHolds(own) },
        { name: 'reverse-due', everyMs, run: () => reverseDue(own) },
        { name: 'expire-lots', everyMs, run: () => expireLots(own) },
        ...ledgerSweeps(own, context.host),
      ],
    });
    return {
      ...running,
      async stop() {
        await own.ledgerGroup.drain();
        await keepLastHead(own);
        await running.stop();
      },
    };
  },
};

function createOwnDeps(
  deps: ServiceDeps<PointsDatabase>,
  { clock, log }: ModuleContext,
  settings: PointsSettings,
): PointsDeps {
  const { LEDGER_HASH: hashName, LEDGER_ANCHOR_FILE: anchorFile = null } = settings;
  if (anchorFile === null) log.warn('LEDGER_ANCHOR_FILE is not set: no head is kept');
  const ledger = { prefix: 'points_ledger', hashName, clock };
  return {
    ...deps,
    ledger,
    ledgerGroup: createLedgerGroup(deps, ledger, settings),
    readLedgerAccount: createReadGroup({
      ...readGroupLimits,
      read: (ids) => listAccounts(deps.store.db, ledger, ids),
    }),
    accountCodes: new Map(),
    anchorFile,
    dryRunEvents: settings.POINTS_DRY_RUN_EVENTS,
  };
}

function ledgerSweeps(deps: PointsDeps, host: HostConfig): Sweep[] {
  const every = (seconds: number) => sweepEvery(host, seconds);
  return [
    { name: 'expire-ledger-holds', everyMs: every(10), run: () => expireLedgerHolds(deps) },
    { name: 'checkpoint-accounts', everyMs: every(60), run: () => checkpointAccounts(deps) },
    { name: 'anchor-head', everyMs: every(3_600), run: () => anchorHead(deps) },
  ];
}

/** A stop goes on where the database or the disk is away already. */
async function keepLastHead(deps: PointsDeps): Promise<void> {
  await anchorHead(deps).catch((error: unknown) => {
    deps.log.error({ err: error }, 'the last head of the ledger was not kept');
  });
}

function createLedgerGroup(
  { store }: ServiceDeps<PointsDatabase>,
  ledger: Ledger,
  settings: PointsSettings,
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
