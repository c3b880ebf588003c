import { createCommitGroup } from '@ddp/db-kit/group-commit';
import { type CleanImage, cleanImage, type ImageLimits, ImageRefusedError } from './clean-image.ts';
import type { FileStore } from './file-store.ts';

/** Pictures are made anew one after the other; a few may wait. */
const lineLimits = { maxSize: 1, maxQueue: 24, maxWaitMs: 8_000 };

/** Where pictures are cleaned, one at a time, and kept; `refuse` says what a refused one is answered. */
export function createImageRoom(
  store: FileStore,
  limits: ImageLimits,
  refuse: (cause: ImageRefusedError) => Error,
) {
  const line = createCommitGroup<Buffer, CleanImage>({
    ...lineLimits,
    sizeOf: () => 1,
    run: async ([bytes = Buffer.alloc(0)]) => [await cleanImage(bytes, limits)],
  });
  return {
    store,
    async clean(bytes: Buffer): Promise<CleanImage> {
      const [outcome] = await line.submit([bytes]);
      if (outcome?.status === 'fulfilled') return outcome.value;
      const reason: unknown = outcome?.reason;
      throw reason instanceof ImageRefusedError ? refuse(reason) : reason;
    },
    drain: () => line.drain(),
  };
}

export type ImageRoom = ReturnType<typeof createImageRoom>;
