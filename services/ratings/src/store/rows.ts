import { binaryToId, idToBinary } from '@ddp/db-kit/ids';

/** Stands for "none" in keys, where NULL would not be equal to itself. */
export const noId = Buffer.alloc(16);

export const idOrNone = (id: string | null): Buffer => (id === null ? noId : idToBinary(id));

export const idUnlessNone = (id: Buffer): string | null =>
  id.equals(noId) ? null : binaryToId(id);
