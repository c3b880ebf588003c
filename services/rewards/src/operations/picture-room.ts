import { Problem } from '@ddp/contracts/problem';
import { maxPictureBytes } from '@ddp/contracts/rewards/benefits';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import { createCommitGroup } from '@ddp/db-kit/group-commit';
import { type CleanImage, cleanImage, ImageRefusedError } from '@ddp/files/clean-image';
import type { FileStore } from '@ddp/files/file-store';

const maxSide = 1_200;

/** Pictures are made anew one after the other; a few may wait. */
const lineLimits = { maxSize: 1, maxQueue: 8, maxWaitMs: 8_000 };

/** Where pictures of benefits are made anew, one at a time, and kept. */
export function createPictureRoom(store: FileStore) {
  const line = createCommitGroup<Buffer, CleanImage>({
    ...lineLimits,
    sizeOf: () => 1,
    run: async ([bytes = Buffer.alloc(0)]) => [
      await cleanImage(bytes, { maxBytes: maxPictureBytes, maxSide }),
    ],
  });
  return {
    store,
    /** Keeps a picture without what the camera added; its digest. */
    async keep(base64: string): Promise<string> {
      const [outcome] = await line.submit([Buffer.from(base64, 'base64')]);
      if (outcome?.status === 'fulfilled') return store.put(outcome.value.bytes);
      if (outcome?.reason instanceof ImageRefusedError) {
        throw new Problem(rewardsProblems.pictureRefused, { cause: outcome.reason });
      }
      throw outcome?.reason;
    },
    drain: () => line.drain(),
  };
}

export type PictureRoom = ReturnType<typeof createPictureRoom>;
