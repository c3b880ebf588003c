import path from 'node:path';
import { deriveKey, type NamedKey } from '@ddp/auth/keys';
import { maxPictureBytes } from '@ddp/contracts/pictures';
import { Problem } from '@ddp/contracts/problem';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import { createCommitGroup } from '@ddp/db-kit/group-commit';
import { openFolderStore } from '@ddp/files/file-store';
import { createImageRoom } from '@ddp/files/image-room';
import type { ServiceModule } from '@ddp/service-kit/module';
import { openService, type ServiceDeps } from '@ddp/service-kit/open-service';
import { type RatingsSettings, readRatingsSettings } from './config.ts';
import { onAreaMoved } from './consumers/area-moved.ts';
import { onPersonErased } from './consumers/person-erased.ts';
import { onPostChanged } from './consumers/post-changed.ts';
import type { RatingsDatabase } from './database.ts';
import type { RatingsDeps } from './deps.ts';
import { bindFollowUpRoutes } from './http/follow-up-routes.ts';
import { bindRoutes } from './http/routes.ts';
import { completePostCards } from './operations/complete-post-cards.ts';
import { lapseCases } from './operations/decide-case.ts';
import { createDiscloser } from './operations/disclose-ratings.ts';
import { followDue } from './operations/follow-due.ts';
import { sweepPhotos } from './operations/keep-photos.ts';
import { createScanReader } from './operations/scan-reader.ts';
import { createScreener } from './operations/screen-words.ts';
import { tellRatings } from './operations/tell-ratings.ts';
import { createVeil } from './operations/veil.ts';
import { createWatcher } from './operations/watch-ratings.ts';
import { writeRatings } from './operations/write-ratings.ts';
import { bindAreaPages } from './pages/bind-area-pages.tsx';
import { bindPages } from './pages/bind-pages.tsx';
import { ratingsInvariants } from './store/audit.ts';

/** What a page waits for its answer. */
const callerPatienceMs = 5_000;

/** Pixels of a photo of a rating, at its longer side. */
const photoSide = 1_600;

export const ratingsModule: ServiceModule = {
  name: 'ratings',
  defaultPort: 8084,
  invariants: ratingsInvariants,
  async create(context) {
    const settings = readRatingsSettings(context.environment);
    const { app, deps, finish } = await openService<RatingsDatabase>(context, {
      name: 'ratings',
      migrationsFolder: path.join(import.meta.dirname, '../migrations'),
    });
    const own = createOwnDeps(deps, settings, context.host.DDP_MASTER_KEY);
    bindRoutes(app, own);
    bindFollowUpRoutes(app, own);
    bindPages(app, own);
    bindAreaPages(app, own);
    const every = (seconds: number) =>
      Math.max(500, seconds * 1_000 * context.host.DDP_INTERVAL_SCALE);
    const running = finish({
      consumers: [onAreaMoved(own), onPostChanged(own), onPersonErased(own)],
      sweeps: [
        { name: 'tell-ratings', everyMs: every(10), run: () => tellRatings(own) },
        { name: 'follow-due', everyMs: every(30), run: () => followDue(own) },
        { name: 'disclose-ratings', everyMs: every(15), run: createDiscloser(own) },
        { name: 'complete-post-cards', everyMs: every(60), run: () => completePostCards(own) },
        { name: 'watch-ratings', everyMs: every(60), run: createWatcher(own) },
        { name: 'lapse-cases', everyMs: every(60), run: () => lapseCases(own) },
        { name: 'sweep-photos', everyMs: every(3_600), run: () => sweepPhotos(own) },
      ],
    });
    return {
      ...running,
      async stop() {
        await own.photos.drain();
        await own.ratingGroup.drain();
        await running.stop();
      },
    };
  },
};

function createOwnDeps(
  deps: ServiceDeps<RatingsDatabase>,
  settings: RatingsSettings,
  masterKeys: readonly NamedKey[],
): RatingsDeps {
  const [newest] = masterKeys;
  if (!newest) throw new Error('there is no master key');
  return {
    ...deps,
    ratingGroup: createCommitGroup({
      maxSize: settings.RATINGS_GROUP_MAX,
      maxQueue: settings.RATINGS_QUEUE_MAX,
      maxWaitMs: callerPatienceMs,
      sizeOf: () => 1,
      run: (commands) => writeRatings(deps, commands),
    }),
    resolveScan: createScanReader(deps.caller),
    screener: createScreener(deps.store.db),
    photos: createImageRoom(
      openFolderStore(path.resolve(settings.RATINGS_PHOTO_DIR)),
      { maxBytes: maxPictureBytes, maxSide: photoSide },
      (cause) => new Problem(ratingsProblems.photoRefused, { cause }),
    ),
    watchLimits: {
      burstRatings: settings.RATINGS_BURST_RATINGS,
      burstMinutes: settings.RATINGS_BURST_MINUTES,
      deviceAccounts: settings.RATINGS_DEVICE_ACCOUNTS,
    },
    veil: createVeil(masterKeys),
    rightKey: deriveKey(newest, 'rating-right'),
  };
}
