import { createCipheriv, createDecipheriv } from 'node:crypto';
import { deriveKey, type NamedKey } from '@ddp/auth/keys';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';

/** A cursor that is a covered id. */
export const refCursor = /^[A-Za-z0-9_-]{22}$/;

/** Names ratings towards the rated: an id tells when it was made, its veiled form tells nothing. */
export interface Veil {
  cover(id: string): string;
  /** Null for what is no reference of this install. */
  uncover(ref: string): string | null;
}

const cipher = 'aes-128-ecb';

/** One block of a block cipher turns each id into another of the same length, and back. */
export function createVeil([key]: readonly NamedKey[]): Veil {
  if (!key) throw new Error('there is no master key');
  const secret = deriveKey(key, 'ratings-veil').subarray(0, 16);
  return {
    cover(id) {
      const block = createCipheriv(cipher, secret, null).setAutoPadding(false);
      return block.update(idToBinary(id)).toString('base64url');
    },
    uncover(ref) {
      const bytes = Buffer.from(ref, 'base64url');
      if (bytes.length !== 16) return null;
      const block = createDecipheriv(cipher, secret, null).setAutoPadding(false);
      const id = binaryToIdIfAny(block.update(bytes));
      return id !== null && this.cover(id) === ref ? id : null;
    },
  };
}

function binaryToIdIfAny(bytes: Buffer): string | null {
  try {
    return binaryToId(bytes);
  } catch {
    return null;
  }
}
