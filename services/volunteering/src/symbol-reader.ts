import { createCommitGroup } from '@ddp/db-kit/group-commit';
import { readPicture } from '@ddp/qr/read-picture';

/** Photos are looked through one after the other, since each takes the machine for a while; few may wait. */
const lineLimits = { maxSize: 1, maxQueue: 12, maxWaitMs: 8_000 };

export function createSymbolReader() {
  const line = createCommitGroup<Uint8Array, string | null>({
    ...lineLimits,
    sizeOf: () => 1,
    run: async ([bytes = new Uint8Array(0)]) => [await readPicture(bytes)],
  });
  return {
    /** The text of the symbol in a photo, or null. Throws a problem where too many wait. */
    async read(bytes: Uint8Array): Promise<string | null> {
      const [outcome] = await line.submit([bytes]);
      if (outcome?.status === 'fulfilled') return outcome.value;
      throw outcome?.reason;
    },
  };
}

export type SymbolReader = ReturnType<typeof createSymbolReader>;
