import path from 'node:path';
import { createCommitGroup } from '@ddp/db-kit/group-commit';
import type { HostConfig } from '@ddp/service-kit/config';
import type { ServiceModule } from '@ddp/service-kit/module';
import { openService, type ServiceDeps } from '@ddp/service-kit/open-service';
import { type RewardsSettings, readRewardsSettings } from './config.ts';
import { onAreaMoved } from './consumers/area-moved.ts';
import { onPersonErased } from './consumers/person-erased.ts';
import { onProgrammeChanged } from './consumers/programme-changed.ts';
import { onRedemptionHeld } from './consumers/redemption-held.ts';
import { onRedemptionReleased } from './consumers/redemption-released.ts';
import { onRedemptionRequested } from './consumers/redemption-requested.ts';
import { onRedemptionReserved } from './consumers/redemption-reserved.ts';
import { onVoucherVerified } from './consumers/voucher-verified.ts';
import type { RewardsDatabase } from './database.ts';
import type { RewardsDeps } from './deps.ts';
import { bindRoutes } from './http/routes.ts';
import { closeStatements } from './operations/close-statements.ts';
import { expireGifts } from './operations/expire-gifts.ts';

import { expireRedemptions } from './operations/expire-redemptions.ts';
import { openPictureRoom, sweepPictures } from './operations/keep-pictures.ts';
import { mendOldRows } from './operations/mend-old-rows.ts';
import { moveWaitingLines } from './operations/move-waiting-lines.ts';
import { openAndEndBenefits } from './operations/open-benefits.ts';
import { purgeTries } from './operations/purge-tries.ts';
import { listProgress } from './operations/read-redemption.ts';
import { resumeRedemptions } from './operations/resume-redemptions.ts';
import { runDraws } from './operations/run-draws.ts';
import { runSettlements } from './operations/run-settlements.ts';
import { tellBudgets } from './operations/tell-budgets.ts';
import { tellEnding } from './operations/tell-ending.ts';

import { tellUntoldFunding } from './operations/tell-funding.ts';
import {
  type RequestCommand,
  type RequestVerdict,
  writeRequests,
} from './operations/write-requests.ts';
import {
  type CodeCommand,
  type CodeVerdict,
  writeVerifications,
} from './operations/write-verifications.ts';
import { createRedemptionWatch } from './redemption-watch.ts';
import { rewardsInvariants } from './store/audit.ts';
import { createVoucherKeys } from './voucher-keys.ts';

const purgeEveryMs = 3_600_000;
/** Cut before the gateway's deadline, so that browsers come again at once. */
const watching = { everyMs: 500, mostMs: 15_000, mostWatched: 1_000 };

/** Ten seconds at the usual scale. */
const sweepEvery = (host: HostConfig) => Math.max(250, 10_000 * host.DDP_INTERVAL_SCALE);

/** What waits for a commit longer than this has nobody to answer to any more. */
const callerPatienceMs = 5_000;

/** Requests and codes that come while others are written are written together next. */
export function createGroups(
  deps: ServiceDeps<RewardsDatabase> & Pick<RewardsDeps, 'voucherKeys'>,
  settings: RewardsSettings,
): Pick<RewardsDeps, 'requestGroup' | 'counterGroup'> {
  const limits = {
    maxSize: settings.REWARDS_GROUP_MAX,
    maxQueue: settings.REWARDS_QUEUE_MAX,
    maxWaitMs: callerPatienceMs,
    sizeOf: () => 1,
  };
  return {
    requestGroup: createCommitGroup<RequestCommand, RequestVerdict>({
      ...limits,
      run: (commands) => writeRequests(deps, commands),
    }),
    counterGroup: createCommitGroup<CodeCommand, CodeVerdict>({
      ...limits,
      run: (commands) => writeVerifications(deps, commands),
    }),
  };
}

export const rewardsModule: ServiceModule = {
  name: 'rewards',
  defaultPort: 8086,
  invariants: rewardsInvariants,
  async create(context) {
    const { host } = context;
    const settings = readRewardsSettings(context.environment);
    const opened = await openService<RewardsDatabase>(context, {
      name: 'rewards',
      migrationsFolder: path.join(import.meta.dirname, '../migrations'),
    });
    const redemptionWatch = createRedemptionWatch({
      ...watching,
      read: (watched) => listProgress(opened.deps.store.db, watched),
    });
    const everyMs = sweepEvery(host);
    const voucherKeys = createVoucherKeys(host.DDP_MASTER_KEY);
    const deps: RewardsDeps = {
      ...opened.deps,
      redemptionWatch,
      voucherKeys,
      ...createGroups({ ...opened.deps, voucherKeys }, settings),
      pictures: openPictureRoom(settings.REWARDS_PICTURE_DIR),
      settlementDays: {
        dispute: settings.REWARDS_DISPUTE_DAYS,
        answer: settings.REWARDS_ANSWER_DAYS,
      },
      settlementWaitSeconds: (everyMs * 6) / 1_000,
    };
    bindRoutes(opened.app, deps);
    const running = opened.finish({
      consumers: [
        onProgrammeChanged(deps),
        onAreaMoved(deps),
        onPersonErased(deps),
        onRedemptionRequested(deps),
        onRedemptionHeld(deps),
        onRedemptionReserved(deps),
        onVoucherVerified(deps),
        onRedemptionReleased(deps),
      ],
      sweeps: [
        { name: 'expire', everyMs, run: () => expireRedemptions(deps) },
        { name: 'expire-gifts', everyMs, run: () => expireGifts(deps) },
        { name: 'tell-ending', everyMs: everyMs * 6, run: () => tellEnding(deps) },
        { name: 'resume', everyMs, run: () => resumeRedemptions(deps) },
        { name: 'windows', everyMs, run: () => openAndEndBenefits(deps) },
        { name: 'tell-funding', everyMs: everyMs * 6, run: () => tellUntoldFunding(deps) },
        { name: 'tell-budgets', everyMs, run: () => tellBudgets(deps) },
        { name: 'mend-old-rows', everyMs: everyMs * 6, run: () => mendOldRows(deps) },
        { name: 'waiting-lines', everyMs, run: () => moveWaitingLines(deps) },
        { name: 'draws', everyMs, run: () => runDraws(deps) },
        { name: 'settle', everyMs, run: () => runSettlements(deps) },
        { name: 'close-statements', everyMs, run: () => closeStatements(deps) },
        { name: 'purge', everyMs: purgeEveryMs, run: () => purgeTries(deps) },
        { name: 'sweep-pictures', everyMs: purgeEveryMs, run: () => sweepPictures(deps) },
      ],
    });
    return {
      ...running,
      async stop() {
        redemptionWatch.stop();
        await Promise.all([deps.requestGroup.drain(), deps.counterGroup.drain()]);
        await deps.pictures.drain();
        await running.stop();
      },
    };
  },
};
