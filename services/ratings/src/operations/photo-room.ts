import { Problem } from '@ddp/contracts/problem';
import { maxPhotoBytes } from '@ddp/contracts/ratings/photo-schemas';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import { createCommitGroup } from '@ddp/db-kit/group-commit';
import { type CleanImage, cleanImage, ImageRefusedError } from '@ddp/files/clean-image';
import type { FileStore } from '@ddp/files/file-store';

const maxSide = 1_600;

/** Pictures are made anew one after the other; a few may wait. */
const lineLimits = { maxSize: 1, maxQueue: 24, maxWaitMs: 8_000 };

/** Where photos are cleaned, one at a time, and kept. */
export function createPhotoRoom(store: FileStore) {
  const line = createCommitGroup<Buffer, CleanImage>({
    ...lineLimits,
    sizeOf: () => 1,
    run: async ([bytes = Buffer.alloc(0)]) => [
      await cleanImage(bytes, { maxBytes: maxPhotoBytes, maxSide }),
    ],
  });
  return {
    store,
    async clean(bytes: Buffer): Promise<CleanImage> {
      const [outcome] = await line.submit([bytes]);
      if (outcome?.status === 'fulfilled') return outcome.value;
      if (outcome?.reason instanceof ImageRefusedError) {
        throw new Problem(ratingsProblems.photoRefused, { cause: outcome.reason });
      }
      throw outcome?.reason;
    },
    drain: () => line.drain(),
  };
}

export type PhotoRoom = ReturnType<typeof createPhotoRoom>;
