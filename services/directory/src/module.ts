import path from 'node:path';
import { directoryProblems } from '@ddp/contracts/directory/problems';
import { maxPictureBytes } from '@ddp/contracts/pictures';
import { Problem } from '@ddp/contracts/problem';
import { openFolderStore } from '@ddp/files/file-store';
import { createImageRoom } from '@ddp/files/image-room';
import type { HostConfig } from '@ddp/service-kit/config';
import type { ServiceModule } from '@ddp/service-kit/module';
import { openService } from '@ddp/service-kit/open-service';
import { readDirectorySettings } from './config.ts';
import { onPersonErased } from './consumers/person-erased.ts';
import type { DirectoryDatabase } from './database.ts';
import { bindRoutes } from './http/routes.ts';
import { followRelocation } from './operations/follow-relocation.ts';
import { sweepSubjectPhotos } from './operations/keep-subject-photo.ts';
import { tellExpiries } from './operations/tell-expiries.ts';
import { directoryInvariants } from './store/audit.ts';

const sweepEvery = (host: HostConfig, seconds: number) =>
  Math.max(500, seconds * 1_000 * host.DDP_INTERVAL_SCALE);

/** Of the picture on a scan page: small enough for a weak network. */
const photoLimits = { maxBytes: maxPictureBytes, maxSide: 320, mostBytes: 30 * 1_024 };

export const directoryModule: ServiceModule = {
  name: 'directory',
  defaultPort: 8082,
  invariants: directoryInvariants,
  async create(context) {
    const settings = readDirectorySettings(context.environment);
    const {
      app,
      deps: own,
      finish,
    } = await openService<DirectoryDatabase>(context, {
      name: 'directory',
      migrationsFolder: path.join(import.meta.dirname, '../migrations'),
    });
    const photos = createImageRoom(
      openFolderStore(path.resolve(settings.DIRECTORY_PHOTO_DIR)),
      photoLimits,
      (cause) => new Problem(directoryProblems.photoRefused, { cause }),
    );
    const deps = { ...own, photos };
    bindRoutes(app, deps);
    const running = finish({
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
        {
          name: 'sweep-subject-photos',
          everyMs: sweepEvery(context.host, 3_600),
          run: () => sweepSubjectPhotos(deps),
        },
      ],
    });
    return {
      ...running,
      async stop() {
        await photos.drain();
        await running.stop();
      },
    };
  },
};
